import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ContractHouse, IMAGE, Servers } from './contract-house.ts';

const TOKEN = 'a-token-of-the-contract';
const IGNORES_SIGTERM = ['sh', '-c', 'trap "" TERM; echo begun; while :; do sleep 1; done'];

/**
 * Every promise of the port `Containers`, kept by a real engine. What an engine's abilities rule out is promised to be
 * refused with its Problem.
 */
export function containersContract(engineName: string, open: () => Promise<ContractHouse>): void {
  describe(engineName, () => {
    let house: ContractHouse;
    let servers: Servers;
    const engine = () => house.containers;

    beforeAll(async () => {
      house = await open();
      expect(await house.containers.check(house.network)).toBeNull();
      servers = new Servers(house);
    });
    afterAll(() => servers.close());

    test('the network is made once, and found again', async () => {
      expect(await house.again().check(house.network)).toBeNull();
    });

    test('an engine that is not there is said in a sentence, and is a Problem for whoever asks more', async () => {
      expect(await house.away().check(house.network)).toMatch(/socket/);
      await expect(house.away().list(house.network)).rejects.toMatchObject({ code: 'SPAWN-150' });
    });

    test('what was made is found by its id and its name, and does not run yet', async () => {
      const spec = servers.spec();
      const id = await engine().create(spec, AbortSignal.timeout(60_000));
      for (const word of [id, spec.name]) {
        expect(await engine().inspect(word, house.network)).toMatchObject({
          ...{ id, name: spec.name, image: IMAGE, running: false, paused: false, removing: false },
          ...{ exitCode: null, outOfMemory: false, address: null },
        });
      }
      const { labels, created } = await servers.look(id);
      expect(labels).toMatchObject(spec.labels);
      expect(Math.abs(created - Date.now())).toBeLessThan(60_000);
      expect(await engine().inspect(id.slice(0, 8), 'no-such-network')).toSatisfy(
        (view) => view === null || view.id === id,
      );
      expect(await engine().inspect('no-such-container', house.network)).toBeNull();
      await engine().remove(id);
    });

    test('a name that is taken is a Problem of its own, and what has it stays as it was', async () => {
      const spec = servers.spec();
      const there = await house.foreign(spec.name);
      await expect(engine().create(spec, AbortSignal.timeout(60_000))).rejects.toMatchObject({
        code: 'SPAWN-141',
      });
      const view = await engine().inspect(spec.name, house.network);
      expect(view?.labels['org.berth.hub']).not.toBe(house.instance);
      expect((await engine().list(house.network)).map(({ name }) => name)).not.toContain(spec.name);
      expect(await there()).toBe(true);
    });

    test('a start that was cancelled leaves nothing', async () => {
      const spec = servers.spec();
      await expect(engine().create(spec, AbortSignal.abort(new Error('cancelled')))).rejects.toThrow(
        'cancelled',
      );
      const soon = new AbortController();
      const making = engine().create(spec, soon.signal);
      setImmediate(() => soon.abort(new Error('cancelled later')));
      await expect(making).rejects.toThrow('cancelled later');
      await expect.poll(() => engine().inspect(spec.name, house.network), { timeout: 30_000 }).toBeNull();
    });

    test('its life is told as it goes: started, died, removed, with its exit code', async () => {
      // A Swarm tells nothing of tasks by itself: it lives longer than several looks at a busy one take.
      const id = await servers.create({ command: ['sh', '-c', 'sleep 8; exit 7'] });
      await servers.begin(id);
      await servers.until(id, (view) => view.exitCode !== null);
      expect(await servers.look(id)).toMatchObject({ running: false, exitCode: 7, outOfMemory: false });
      await engine().remove(id);
      const told = await servers.told(id, ['started', 'died', 'removed']);
      expect(told).toContainEqual({ kind: 'died', id, exitCode: 7 });
      expect(servers.events[0]).toEqual({ kind: 'gap' });
    });

    test('who runs has an address of its own on the network, and is in the list with it', async () => {
      const id = await servers.run({ command: ['sh', '-c', 'hostname -I; exec sleep 600'] });
      const { address } = await servers.look(id);
      await expect.poll(async () => (await engine().logs(id, 5)).join(' '), { timeout: 30_000 }).not.toBe('');
      expect((await engine().logs(id, 5)).join(' ').split(/\s+/)).toContain(address);
      const listed = (await house.again().list(house.network)).find((view) => view.id === id);
      expect(listed).toMatchObject({ id, running: true, address, exitCode: null });
      await engine().remove(id);
    });

    test('command, arguments, variables and user are what was asked for', async () => {
      const lines = await servers.output('echo "$0 $1 [$WORD] $(id -u):$(id -g) $(id -G)"', {
        args: ['zero', 'one two'],
        environment: { WORD: 'it\'s "said" $HOME' },
        user: { uid: 1234, gid: 100 },
        groups: [2000],
      });
      expect(lines).toEqual(['zero one two [it\'s "said" $HOME] 1234:100 100 2000']);
    });

    test('an entrypoint takes the place of the image’s own', async () => {
      const lines = await servers.output('', { entrypoint: ['echo', 'first'], command: ['second'] });
      expect(lines).toEqual(['first second']);
    });

    test('locks hold inside: no capabilities, no new privileges, memory, processes, core files', async () => {
      const limit = 'cat /sys/fs/cgroup/memory/memory.limit_in_bytes /sys/fs/cgroup/memory.max 2>/dev/null';
      const pids = 'cat /sys/fs/cgroup/pids/pids.max /sys/fs/cgroup/pids.max 2>/dev/null';
      const lines = await servers.output(
        `grep -E 'CapBnd|NoNewPrivs' /proc/self/status; ${limit}; ${pids}; ulimit -c; df -k /dev/shm | tail -1`,
        // A token, because what hides tokens is also what takes privileges on engines before API 1.44.
        { shmSize: 32 * 2 ** 20, environment: { A_TOKEN: TOKEN } },
      );
      const words = lines.join('\n').replaceAll('\t', ' ');
      expect(words).toMatch(/CapBnd: 0+$/m);
      expect(words).toMatch(/NoNewPrivs: 1/);
      expect(lines).toContain(String(128 * 2 ** 20));
      expect(lines).toContain('64');
      expect(lines).toContain('0');
      expect(words).toMatch(/ 32768 .*\/dev\/shm/);
    });

    test('names of our own are known inside', async () => {
      const lines = await servers.output('cat /etc/hosts', { extraHosts: ['database:10.9.8.7'] });
      expect(lines.some((line) => /^10\.9\.8\.7\s+database$/.test(line))).toBe(true);
    });

    test('a limit of more cores than there are is no reason not to start', async () => {
      expect(await servers.output('echo here', { cpus: 500 })).toEqual(['here']);
    });

    test('a token reaches the program and is found again after a restart of the hub, and is in no log', async () => {
      const id = await servers.run({
        command: ['sh', '-c', 'echo "I was given $JUPYTERHUB_API_TOKEN"; exec sleep 600'],
        environment: { JUPYTERHUB_API_TOKEN: TOKEN, PLAIN: 'word' },
      });
      await expect.poll(() => engine().logs(id, 5), { timeout: 30_000 }).toEqual(['I was given [hidden]']);
      for (const adapter of [engine(), house.again()]) {
        expect(await adapter.readVariable(id, 'JUPYTERHUB_API_TOKEN')).toBe(TOKEN);
        expect(await adapter.readVariable(id, 'PLAIN')).toBe('word');
        expect(await adapter.readVariable(id, 'OTHER')).toBeNull();
      }
      await engine().remove(id);
      expect(await engine().readVariable(id, 'JUPYTERHUB_API_TOKEN')).toBeNull();
      expect(await engine().logs(id, 5)).toEqual([]);
    });

    test('the last lines of its output come oldest first, and as plain text', async () => {
      const script = String.raw`for n in 1 2 3 4 5; do echo line $n; done; printf '\033[31mred\033[0m\007\n'`;
      const id = await servers.create({ command: ['sh', '-c', script] });
      await servers.begin(id);
      await servers.until(id, (view) => view.exitCode !== null);
      expect(await engine().logs(id, 3)).toEqual(['line 4', 'line 5', 'red']);
      await engine().remove(id);
    });

    test('a volume outlives its server, and the next one finds the files', async () => {
      const source = `${house.instance}-files`;
      const there = house.home === null ? {} : { placement: house.home };
      const mounts = [{ type: 'volume', source, path: '/files', readOnly: false } as const];
      const write = 'echo kept > /files/note; cat /files/note';
      expect(await servers.output(write, { mounts, ...there })).toEqual(['kept']);
      expect(await engine().findVolume([`${source}-other`, source])).toBe(source);
      expect(await engine().findVolume([`${source}-other`])).toBeNull();
      const readOnly = [{ type: 'volume', source, path: '/files', readOnly: true } as const];
      const lines = await servers.output('exec 2>&1; cat /files/note; touch /files/note || echo refused', {
        mounts: readOnly,
        ...there,
      });
      expect(lines).toEqual(['kept', expect.stringMatching(/Read-only/), 'refused']);
    });

    test('a new volume is kept by the driver that was asked for, with its options', async () => {
      const driver = { name: 'local', options: { type: 'tmpfs', device: 'tmpfs', o: 'size=16m' } };
      const source = `${house.instance}-driven`;
      const mounts = [{ type: 'volume', source, path: '/files', readOnly: false, driver } as const];
      const lines = await servers.output('df -k /files | tail -1', { mounts });
      expect(lines[0]).toMatch(/^tmpfs +16384 /);
    });

    test('memory of its own and paths of the machine are mounted, too', async () => {
      const lines = await servers.output('df -k /scratch | tail -1; ls -d /machine/.', {
        mounts: [
          { type: 'tmpfs', source: '', path: '/scratch', readOnly: false },
          { type: 'bind', source: '/usr/share', path: '/machine', readOnly: true },
        ],
      });
      expect(lines[0]).toMatch(/^tmpfs .*\/scratch$/);
      expect(lines[1]).toBe('/machine/.');
    });

    test('stopping ends it with SIGTERM; once more, or of what is gone, is no error', async () => {
      const id = await servers.run();
      await engine().stop(id, 3);
      expect(await servers.look(id).catch(() => null)).toMatchObject({ running: false, address: null });
      await engine().stop(id, 3);
      await engine().unpause(id);
      await engine().remove(id);
      await engine().stop(id, 3);
      await engine().unpause(id);
      expect(await engine().readUsage(id, AbortSignal.timeout(10_000))).toBeNull();
    });

    test('who does not hear SIGTERM is ended after the grace', async () => {
      const id = await servers.run({ command: IGNORES_SIGTERM });
      await engine().stop(id, 3);
      expect(await servers.look(id)).toMatchObject({ running: false });
      await engine().remove(id);
    });

    test('what ended can be started again', async () => {
      const id = await servers.create({ command: ['sh', '-c', 'echo round; exit 0'] });
      for (const rounds of [1, 2]) {
        await servers.begin(id);
        await servers.until(id, (view) => view.exitCode === 0 && !view.running);
        await servers.told(
          id,
          Array.from({ length: rounds }, () => 'died' as const),
        );
      }
      await engine().remove(id);
    });

    test('removing ends what runs; once more is no error, and nothing of it is left', async () => {
      const id = await servers.run({ environment: { A_TOKEN: TOKEN } });
      await engine().remove(id);
      await engine().remove(id);
      expect(await engine().inspect(id, house.network)).toBeNull();
      expect((await engine().list(house.network)).map((view) => view.id)).not.toContain(id);
      await servers.told(id, ['removed']);
    });

    test('who runs out of memory is told so', async () => {
      const greedy = ['perl', '-e', 'my $x = "a" x (400 * 1024 * 1024); sleep 60'];
      const id = await servers.create({ command: greedy, memory: 32 * 2 ** 20 });
      await servers.begin(id);
      const { outOfMemory, exitCode } = await servers.until(id, (view) => view.exitCode !== null);
      expect([outOfMemory, exitCode]).toEqual([true, 137]);
      await engine().remove(id);
    });

    test.each([
      ['a program that is not in the image', { entrypoint: ['/not/a/program'] }, /not\/a\/program/],
      [
        'a path that is not on the machine',
        { mounts: [{ type: 'bind', source: '/not/a/path', path: '/x', readOnly: true } as const] },
        /not\/a\/path/,
      ],
      ['an image that is nowhere', { image: '127.0.0.1:9/nobody:1' }, /nobody/],
    ])('%s is a reason that is given at once', async (_, more, reason) => {
      expect(await servers.refusal(more)).toMatch(reason);
    });

    test('the machine has room, and the image is found', async () => {
      const { memory, cpus } = await engine().host();
      expect(memory).toBeGreaterThan(2 ** 28);
      expect(cpus).toBeGreaterThanOrEqual(1);
      expect(await engine().hasImage(IMAGE, AbortSignal.timeout(60_000))).toBe(true);
      await engine().ensureImage(IMAGE, () => {}, AbortSignal.timeout(60_000));
    });

    test('its machine is told where there are many, and nowhere else', async () => {
      const machines = await engine().machines();
      const id = await servers.run();
      const { machine } = await servers.look(id);
      if (machines.length === 0) expect(machine).toBeUndefined();
      else expect(machines.map((one) => one.id)).toContain(machine?.id);
      await engine().remove(id);
    });

    test('freezing stops it where it is, or is refused where it cannot be', async () => {
      const id = await servers.run();
      if (engine().abilities.pause) {
        await engine().pause(id);
        await engine().pause(id);
        // The engine's own view of it is a moment behind.
        await servers.until(id, (view) => view.running && view.paused);
        await engine().unpause(id);
        await servers.until(id, (view) => view.running && !view.paused);
      } else {
        await expect(engine().pause(id)).rejects.toMatchObject({ code: 'SPAWN-180' });
        expect(await servers.look(id)).toMatchObject({ running: true, paused: false });
      }
      await engine().remove(id);
    });

    test('limits change while it runs and its usage is read, or neither is where it cannot be', async () => {
      const id = await servers.run();
      const change = engine().limit(id, { memory: 200 * 2 ** 20, cpus: 0.5 });
      if (engine().abilities.limit) await change;
      else await expect(change).rejects.toMatchObject({ code: 'SPAWN-180' });
      const usage = await engine().readUsage(id, AbortSignal.timeout(20_000));
      if (engine().abilities.usage) expect(usage?.memory).toBeGreaterThan(0);
      else expect(usage).toBeNull();
      await engine().remove(id);
    });
  });
}
