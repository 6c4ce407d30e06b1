import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type LabStack, makeLabStack } from '../../support/lab-stack.ts';
import { openChannel } from '../kernel-channel.ts';
import { until } from '../locked-container.ts';

const NOTEBOOK = 'berth-notebook-minimal';
const PEOPLE = ['ana', 'ben'] as const;

interface ServerModel {
  readonly ready: boolean;
  readonly started: string;
}

/** The whole appliance on two engines, set up as a newcomer does, with the genuine single-user image. */
describe('the appliance on a Swarm', () => {
  let house: LabStack;
  beforeAll(async () => {
    house = await makeLabStack({ word: 'stack', port: 21211, notebooks: [NOTEBOOK] });
    for (const name of PEOPLE) await house.admin.must('POST', `/hub/api/users/${name}`);
  }, 900_000);
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
    expect(house.said).toContain('healthy: hub and proxy');
    expect(house.said).toMatch(/hub\/setup\?token=/);
    const status = await house.stack.make('status');
    for (const { name } of house.lab.machines) expect(status.output).toContain(`${name} (Ready, Active)`);
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
    expect((await machinesOfServers()).sort()).toEqual(['stack-1', 'stack-2']);
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
    await house.lab.manager.docker('service', 'update', '--force', '--detach', 'stack_hub');
    expect(await Promise.all(counting)).toEqual(PEOPLE.map(() => 'counted\n'));
    await until(async () => {
      const now = await house.container('hub');
      expect(now).not.toBe('');
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

  it('make down leaves servers running, and the next make up finds them', async () => {
    const before = await serverOf('ana');
    const { output } = await house.stack.make('down');
    expect(output).toContain('Notebook servers that go on running: 2');
    expect((await machinesOfServers()).length).toBe(2);
    await house.stack.up();
    expect(await serverOf('ana')).toMatchObject({ ready: true, started: before?.started });
  });

  it('everything goes: make clean', async () => {
    await house.stack.make('clean', 'YES=1');
    const { manager } = house.lab;
    expect(await manager.docker('service', 'ls', '-q')).toBe('');
    expect(await manager.docker('secret', 'ls', '-q')).toBe('');
  });
});
