import { readdir, readFile } from 'node:fs/promises';
import Dockerode from 'dockerode';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { shell } from '../../prove/shell.ts';
import { buildStandInNotebook } from '../../support/stand-in-notebook.ts';
import { type SwarmLab, startSwarmLab } from '../../support/swarm-lab.ts';
import { until } from '../locked-container.ts';

const WORD = 'labtest';
/** Says hello to whoever knocks. */
const HELLO =
  '$s = IO::Socket::INET->new(LocalPort => 8888, Listen => 5) or die; while ($c = $s->accept) { print $c "hello"; close $c }';
const KNOCK =
  '$s = IO::Socket::INET->new(PeerAddr => $ARGV[0], PeerPort => 8888, Timeout => 5) or die "$!"; print <$s>';
const PERL = ['perl', '-MIO::Socket::INET', '-e'];

/** Everything on this machine that carries the lab's word. */
async function traces(): Promise<readonly string[]> {
  const found = [
    ...(await readdir('/var/tmp')),
    ...(await readdir('/var/run/netns')),
    ...(await readdir('/sys/fs/cgroup/memory').catch(() => readdir('/sys/fs/cgroup'))),
    ...(await readFile('/proc/mounts', 'utf8')).split('\n'),
    ...(await shell('/', ['ps', '-eo', 'args'])).output.split('\n'),
  ];
  return found.filter((line) => line.includes(`berth-lab-${WORD}`));
}

describe('the lab', () => {
  let lab: SwarmLab;
  let image: string;
  beforeAll(async () => {
    image = await buildStandInNotebook(new Dockerode());
    lab = await startSwarmLab({ word: WORD, images: [image] });
    await lab.overlay('books');
  });
  afterAll(() => lab.remove());

  /** The last tasks of a service: machine, state, and where each listens. */
  async function tasks(service: string) {
    const ids = await lab.manager.docker('service', 'ps', '-q', service);
    const format =
      '{{.NodeID}} {{.Status.State}} {{range .NetworksAttachments}}{{index .Addresses 0}}{{end}}';
    const lines = await lab.manager.docker('inspect', '-f', format, ...ids.split('\n'));
    return lines.split('\n').map((line) => {
      const [node = '', state = '', address = ''] = line.split(' ');
      return { node, state, address: address.split('/')[0] ?? '' };
    });
  }

  it('is a Swarm of two engines, each with a name, an address and images of its own', async () => {
    const nodes = await lab.manager.docker('node', 'ls', '--format', '{{.Hostname}} {{.Status}}');
    expect(nodes.split('\n').sort()).toEqual(lab.machines.map(({ name }) => `${name} Ready`).sort());
    for (const machine of lab.machines) expect(await machine.docker('image', 'ls', '-q', image)).not.toBe('');
  });

  it('its overlay leads from a container on one machine to a task on the other', async () => {
    const [worker] = lab.workers;
    const where = `node.id==${await lab.nodeId(worker)}`;
    const how = ['--detach', '--endpoint-mode', 'dnsrr', '--restart-condition', 'none', '--network', 'books'];
    await lab.manager.docker(
      'service',
      'create',
      ...how,
      '--name',
      'hello',
      '--constraint',
      where,
      image,
      ...PERL,
      HELLO,
    );
    await until(async () => expect(await tasks('hello')).toMatchObject([{ state: 'running' }]));
    const [task] = await tasks('hello');
    expect(task?.node).toBe(await lab.nodeId(worker));
    const said = await lab.manager.docker(
      'run',
      '--rm',
      '--network',
      'books',
      image,
      ...PERL,
      KNOCK,
      task?.address ?? '',
    );
    expect(said).toBe('hello');
  });

  it('a door leads from this machine to a task on either, and back', async () => {
    const door = await lab.door('books', image);
    const [task] = await tasks('hello');
    const { output } = await shell('/', [...PERL, KNOCK, task?.address ?? '']);
    expect(output).toBe('hello');
    await door.remove();
  });

  it('a machine without power is seen as down, and comes back with what was on its disk', async () => {
    const [worker] = lab.workers;
    await worker.kill();
    expect((await traces()).filter((line) => line.includes(`${WORD}-2`))).toEqual([]);
    await lab.sees(worker, 'down');
    await worker.start();
    await lab.sees(worker, 'ready');
    expect(await worker.docker('image', 'ls', '-q', image)).not.toBe('');
    await until(async () => expect(await tasks('hello')).toMatchObject([{ state: 'failed' }]));
  });

  it('a second lab of the same word is refused while the first one lives', async () => {
    await expect(startSwarmLab({ word: WORD })).rejects.toThrow('stands already');
  });

  it('leaves nothing, also when it broke half-way', async () => {
    await lab.remove();
    expect(await traces()).toEqual([]);
    const broken = startSwarmLab({ word: WORD, images: ['berth-lab-no-such-image'] });
    await expect(broken).rejects.toThrow();
    expect(await traces()).toEqual([]);
  });
});
