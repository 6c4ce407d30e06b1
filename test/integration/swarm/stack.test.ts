import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Agent, request } from 'undici';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eachOf } from '../../../hub/src/usecases/each-of.ts';
import { type Block, blocksOf, runBlock } from '../../manual/shell-blocks.ts';
import { must } from '../../prove/shell.ts';
import { type LabStack, makeLabStack } from '../../support/lab-stack.ts';
import { STAND_IN_NOTEBOOK } from '../../support/stand-in-notebook.ts';
import { openChannel } from '../kernel-channel.ts';
import { until } from '../locked-container.ts';

const NOTEBOOK = 'berth-notebook-minimal';
/** Enough for both machines: the manager carries hub and proxy already, and the first ones go to the other. */
const PEOPLE = ['ana', 'ben', 'cho', 'dan'] as const;

/** Bytes of this machine, which both engines share. */
async function memoryAvailable(): Promise<number> {
  const told = await readFile('/proc/meminfo', 'utf8');
  return Number(/MemAvailable:\s+(\d+)/.exec(told)?.[1]) * 1024;
}

/** Does what the page tells, with this lab's addresses and token in the place of its examples. Answers what was said. */
async function followPage({ lab, stack, environment }: LabStack): Promise<string> {
  const { manager, workers } = lab;
  const blocks = await blocksOf(join(import.meta.dirname, '../../../docs/how-to/many-machines.md'));
  const [init, joining, ...others] = blocks.filter(({ language }) => language === 'sh');
  const line = blocks.find(({ language }) => language === 'dotenv')?.text.trim();
  if (init === undefined || joining === undefined || line === undefined)
    throw new Error('the page is another one');
  const typed = ({ text, ...block }: Block, token: string): Block => ({
    ...block,
    text: text.replaceAll('10.0.0.1', manager.address).replaceAll(/SWMTKN-1-\S+/g, token),
  });
  const printed = await runBlock(typed(init, ''), stack.directory, environment);
  const token = /--token (\S+)/.exec(printed)?.[1] ?? '';
  for (const { host } of workers) {
    await runBlock(typed(joining, token), stack.directory, { DOCKER_HOST: host });
  }
  const [name = '', value = ''] = line.split('=');
  await stack.set({ [name]: value });
  let told = '';
  for (const block of others) told += await runBlock(block, stack.directory, environment);
  return told;
}

interface ServerModel {
  readonly ready: boolean;
  readonly started: string;
}

/** The whole appliance on two engines, set up as a newcomer does, with the genuine single-user image. */
describe('the appliance on a Swarm', () => {
  let house: LabStack;
  let said: string;
  beforeAll(async () => {
    house = await makeLabStack({ word: 'stack', port: 21211, notebooks: [NOTEBOOK, STAND_IN_NOTEBOOK] });
    said = await followPage(house);
    for (const name of PEOPLE) await house.admin.must('POST', `/hub/api/users/${name}`);
  }, 1_200_000);
  afterAll(() => house?.remove());

  const serverOf = async (name: string) => {
    const { servers } = await house.admin.must('GET', `/hub/api/users/${name}`);
    return (servers as Record<string, ServerModel>)[''];
  };
  /** Host names of the machines on which people's servers run now. */
  const machinesOfServers = async () => {
    const { manager } = house.lab;
    const services = await manager.docker('service', 'ls', '-q', '--filter', 'label=org.berth.user');
    const format = '{{.Node}} {{.DesiredState}}';
    const told = await manager.docker('service', 'ps', '--format', format, ...services.split('\n'));
    return told
      .split('\n')
      .filter((line) => line.endsWith(' Running'))
      .map((line) => line.split(' ')[0]);
  };
  const openKernel = async (name: string) => {
    const base = `${house.url}/user/${name}/`;
    const kernel = await house.admin.must('POST', `/user/${name}/api/kernels`);
    return await openChannel(base, house.admin.token, String(kernel.id));
  };

  it('make up with one line in .env is all: hub and proxy are healthy, and the first link is printed', async () => {
    expect(said).toContain('healthy: hub and proxy');
    expect(said).toMatch(/hub\/setup\?token=/);
    const status = await house.stack.make('status');
    for (const { name } of house.lab.machines) expect(status.output).toContain(`${name} (Ready Active)`);
    expect((await house.admin.ask('GET', '/hub/login')).status).toBe(200);
  });

  it('no secret stands in what the Swarm tells of the services', async () => {
    const told = await house.lab.manager.docker('service', 'inspect', 'stack_hub', 'stack_proxy');
    const secrets = ['proxy_auth_token', 'cookie_secret', 'crypt_key'];
    for (const name of secrets) {
      const word = await house.lab.manager.docker(
        'exec',
        await house.container('hub'),
        'cat',
        `/run/secrets/${name}`,
      );
      expect(word.length).toBeGreaterThan(30);
      expect(told).not.toContain(word);
    }
  });

  it('servers start on both machines, and kernels on either answer through the proxy', async () => {
    for (const name of PEOPLE) await house.admin.startServer(name);
    expect(new Set(await machinesOfServers())).toEqual(new Set(['stack-1', 'stack-2']));
    for (const name of PEOPLE) {
      const channel = await openKernel(name);
      expect(await channel.execute('print(6 * 7)')).toBe('42\n');
      await channel.close();
    }
  });

  it('a hub that is started again adopts all servers, and no connection to a notebook drops', async () => {
    const before = await Promise.all(PEOPLE.map(serverOf));
    const channels = await Promise.all(PEOPLE.map(openKernel));
    const old = await house.container('hub');
    const counting = channels.map((channel) =>
      channel.execute('import time\nfor _ in range(20): time.sleep(1)\nprint("counted")', 120_000),
    );
    await house.lab.manager.docker('kill', '--signal', 'TERM', old);
    expect(await Promise.all(counting)).toEqual(PEOPLE.map(() => 'counted\n'));
    await until(async () => {
      const now = await house.container('hub');
      expect(now).toMatch(/^[0-9a-f]{12}$/);
      expect(now).not.toBe(old);
    });
    await house.answers();
    for (const channel of channels) {
      expect(channel.open).toBe(true);
      expect(await channel.execute('print("still here")')).toBe('still here\n');
      await channel.close();
    }
    expect(await Promise.all(PEOPLE.map(serverOf))).toMatchObject(
      before.map((server) => ({ ready: true, started: server?.started })),
    );
  });

  it('a second make up changes nothing, and one with another setting replaces the hub alone', async () => {
    const before = [await house.container('hub'), await house.container('proxy')];
    await house.stack.up();
    expect([await house.container('hub'), await house.container('proxy')]).toEqual(before);
    await house.stack.set({ CULL_TIMEOUT: '7200' });
    await house.stack.up();
    expect(await house.container('proxy')).toBe(before[1]);
    expect(await house.container('hub')).not.toBe(before[0]);
    expect((await serverOf('ana'))?.ready).toBe(true);
  });

  it('a hub that does not get well makes way for the one before it', async () => {
    const { manager } = house.lab;
    const ask = (what: string) => manager.docker('service', 'inspect', '-f', what, 'stack_hub');
    const before = await ask('{{.Spec.TaskTemplate.ContainerSpec.Image}}');
    // An image in which there is no hub.
    const other = ['--detach', '--no-resolve-image', '--image', NOTEBOOK];
    await manager.docker('service', 'update', ...other, 'stack_hub');
    await until(async () => expect(await ask('{{.UpdateStatus.State}}')).toBe('rollback_completed'));
    expect(await ask('{{.Spec.TaskTemplate.ContainerSpec.Image}}')).toBe(before);
    await house.answers();
    expect(await serverOf('ben')).toMatchObject({ ready: true });
  });

  it('with a certificate the proxy speaks TLS itself, and who comes without is led there', async () => {
    const secret = (name: string) => join(house.stack.directory, 'secrets', `jupyterhub.${name}`);
    const how = ['-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-subj', '/CN=stack.test'];
    const where = ['-keyout', secret('key'), '-out', secret('crt')];
    await must('/', ['openssl', 'req', ...how, ...where]);
    await house.stack.set({ COMPOSE_FILE: 'compose/swarm.yaml:compose/swarm-tls.yaml', HTTP_PORT: '21213' });
    await house.stack.up();
    const { host, hostname } = new URL(house.url);
    const dispatcher = new Agent({ connect: { rejectUnauthorized: false } });
    const { statusCode } = await request(`https://${host}/hub/login`, { dispatcher });
    expect(statusCode).toBe(200);
    const plain = await request(`http://${hostname}:21213/hub/login`);
    expect(plain.headers.location).toBe(`https://${host}/hub/login`);
    await house.stack.set({ COMPOSE_FILE: 'compose/swarm.yaml' });
    await house.stack.up();
    await house.answers();
    expect(await serverOf('ana')).toMatchObject({ ready: true });
  });

  it('make down leaves servers running, and the next make up finds them', async () => {
    const before = await serverOf('ana');
    const { output } = await house.stack.make('down');
    expect(output).toContain('Notebook servers that go on running: 4');
    expect((await machinesOfServers()).length).toBe(PEOPLE.length);
    await house.stack.up();
    expect(await serverOf('ana')).toMatchObject({ ready: true, started: before?.started });
  });

  it('fifty servers are spread over the machines, and all answer through the proxy', async () => {
    const names = Array.from({ length: 50 }, (_, index) => `p${index}`);
    await house.stack.set({ DOCKER_NOTEBOOK_IMAGE: STAND_IN_NOTEBOOK, MEM_LIMIT: '64M' });
    await house.stack.up();
    const before = await memoryAvailable();
    const begun = performance.now();
    await eachOf(names, 50, async (name) => {
      await house.admin.must('POST', `/hub/api/users/${name}`);
      await house.admin.startServer(name);
    });
    const seconds = (performance.now() - begun) / 1000;
    const counts = Map.groupBy(await machinesOfServers(), (machine) => machine);
    const spread = [...counts].map(([machine, found]) => `${machine} ${found.length}`).sort();
    const each = (before - (await memoryAvailable())) / names.length / 2 ** 20;
    for (const name of names) {
      expect((await house.admin.ask('GET', `/user/${name}/api`)).status).toBe(200);
    }
    // With those of before, and hub and proxy on the manager.
    for (const found of counts.values()) expect(found.length).toBeGreaterThanOrEqual(24);
    console.log(
      `50 servers in ${seconds.toFixed(0)} s; ${spread.join(', ')}; ${each.toFixed(0)} MB of the machine each, engine and all`,
    );
  });

  it('everything goes: make clean', async () => {
    await house.stack.make('clean', 'YES=1');
    const { manager } = house.lab;
    expect(await manager.docker('service', 'ls', '-q')).toBe('');
    expect(await manager.docker('secret', 'ls', '-q')).toBe('');
  });
});
