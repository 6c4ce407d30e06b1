import { once } from 'node:events';
import { request } from 'node:http';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createBody } from '../../hub/src/adapters/docker/create-body.ts';
import type { GateMenu } from '../../hub/src/adapters/docker/gate/policy.ts';
import { containerSpec } from '../../hub/src/domain/container-spec.ts';
import { newServer } from '../../hub/src/domain/server.ts';
import { answering, House, IMAGE } from './spawn-house.ts';
import { openGate, type TestGate } from './test-gate.ts';

let house: House;
let gate: TestGate;
let foreign: string;

const menu = (): GateMenu => ({
  settings: house.settings,
  profiles: [],
  rootAllowed: false,
  gpus: [],
  sharedGid: 100,
});

beforeAll(async () => {
  house = await House.open();
  gate = await openGate(menu);
  const container = await house.dock.docker.createContainer({
    Image: IMAGE,
    name: `foreign-${house.dock.word}`,
    Cmd: ['sleep', '600'],
    HostConfig: { NetworkMode: 'none' },
  });
  foreign = container.id;
});
afterAll(async () => {
  await house.dock.docker.getContainer(foreign).remove({ force: true });
  await gate.close();
  await house.close();
});

interface Answer {
  readonly status: number;
  readonly text: string;
}

async function ask(method: string, path: string, body?: unknown, headers: Record<string, string> = {}) {
  const asked = request({ socketPath: gate.socket, method, path, agent: false, headers });
  asked.end(body === undefined ? undefined : typeof body === 'string' ? body : JSON.stringify(body));
  const answered = once(asked, 'response');
  // Who is refused before the end of the body finds the connection closed.
  asked.on('error', () => {});
  const [answer] = (await answered) as [import('node:http').IncomingMessage];
  let text = '';
  for await (const part of answer) text += String(part);
  return { status: answer.statusCode ?? 0, text } satisfies Answer;
}

/** As the hub would ask for a server, with something changed. */
function create(change: (body: ReturnType<typeof createBody>) => unknown): Promise<Answer> {
  const name = `hostile-${house.dock.word}`;
  const server = { ...newServer(house.alice, ''), generation: 1 };
  const volume = `${house.dock.name}-hostile`;
  const spec = containerSpec(house.settings, server, { token: 'x', volume, gpus: [] });
  return ask('POST', `/containers/create?name=${name}`, change(createBody({ ...spec, command: answering })));
}

type Body = ReturnType<typeof createBody>;
const host = (more: object) => (body: Body) => ({ ...body, HostConfig: { ...body.HostConfig, ...more } });
const mount = (one: object) => (body: Body) =>
  host({ Mounts: [...(body.HostConfig?.Mounts ?? []), one] })(body);

describe('a container passes only as the hub makes them', () => {
  test('the hub’s own passes, and comes out as it was asked for', async () => {
    const answer = await create((body) => body);
    expect(answer).toMatchObject({ status: 201 });
    const { Id: id } = JSON.parse(answer.text) as { Id: string };
    const info = await house.dock.docker.getContainer(id).inspect();
    expect(info.HostConfig).toMatchObject({
      Privileged: false,
      CapDrop: ['ALL'],
      NetworkMode: house.dock.name,
    });
    expect((await ask('DELETE', `/containers/${id}?force=true&v=false`)).status).toBe(204);
  });

  test.each<[string, (body: Body) => unknown]>([
    ['privileged', host({ Privileged: true })],
    ['privileged, in other capitals', (body) => ({ ...body, hostconfig: { privileged: true } })],
    ['a field in other capitals inside', host({ privileged: true })],
    ['the root of the machine', mount({ Type: 'bind', Source: '/', Target: '/m', ReadOnly: true })],
    [
      'the engine’s socket',
      mount({ Type: 'bind', Source: '/var/run/docker.sock', Target: '/s', ReadOnly: true }),
    ],
    ['binds by their old name', host({ Binds: ['/:/m'] })],
    [
      'a volume that is a path',
      (body) => {
        const volume = {
          Type: 'volume',
          Source: `${house.dock.name}-x`,
          Target: '/m',
          ReadOnly: false,
          VolumeOptions: {
            NoCopy: false,
            Labels: house.dock.labels,
            DriverConfig: { Name: 'local', Options: { type: 'none', o: 'bind', device: '/' } },
          },
        };
        return mount(volume)(body);
      },
    ],
    [
      'another’s volume',
      (body) => {
        const volume = {
          Type: 'volume',
          Source: 'somebody-elses-data',
          Target: '/m',
          ReadOnly: false,
          VolumeOptions: { NoCopy: false, Labels: {}, DriverConfig: { Name: '', Options: {} } },
        };
        return mount(volume)(body);
      },
    ],
    ['the machine’s processes', host({ PidMode: 'host' })],
    ['the machine’s network', host({ NetworkMode: 'host' })],
    ['another container’s network', host({ NetworkMode: 'container:x' })],
    ['the machine’s memory segments', host({ IpcMode: 'host' })],
    ['the machine’s user ids', host({ UsernsMode: 'host' })],
    ['the machine’s host name', host({ UTSMode: 'host' })],
    ['the machine’s cgroups', host({ CgroupnsMode: 'host' })],
    ['a cgroup of its choice', host({ CgroupParent: '/' })],
    ['a capability', host({ CapAdd: ['SYS_ADMIN'] })],
    ['root’s capabilities where the configuration has no root', host({ CapAdd: ['CHOWN'] })],
    ['no capability dropped', host({ CapDrop: [] })],
    ['no rule against new privileges', host({ SecurityOpt: [] })],
    ['seccomp switched off', host({ SecurityOpt: ['no-new-privileges:true', 'seccomp=unconfined'] })],
    [
      'a device',
      host({ Devices: [{ PathOnHost: '/dev/mem', PathInContainer: '/dev/mem', CgroupPermissions: 'rwm' }] }),
    ],
    ['a rule for devices', host({ DeviceCgroupRules: ['a *:* rwm'] })],
    ['a GPU', host({ DeviceRequests: [{ Driver: 'nvidia', DeviceIDs: ['0'], Capabilities: [['gpu']] }] })],
    ['every GPU', host({ DeviceRequests: [{ Driver: 'nvidia', Count: -1, Capabilities: [['gpu']] }] })],
    ['another’s volumes', host({ VolumesFrom: ['x'] })],
    ['another runtime', host({ Runtime: 'x' })],
    ['kernel settings', host({ Sysctls: { 'net.ipv4.ip_forward': '1' } })],
    ['published ports', host({ PortBindings: { '8888/tcp': [{ HostPort: '1' }] } })],
    ['a start at boot', host({ RestartPolicy: { Name: 'always' } })],
    ['unmasked paths', host({ MaskedPaths: [], ReadonlyPaths: [] })],
    ['a group of the machine', host({ GroupAdd: ['0'] })],
    [
      'another network beside',
      (body) => ({ ...body, NetworkingConfig: { EndpointsConfig: { bridge: {} } } }),
    ],
    ['root', (body) => ({ ...body, User: '0' })],
    ['root by another number', (body) => ({ ...body, User: '00:0' })],
    ['root by name', (body) => ({ ...body, User: 'root' })],
    ['an image that is not configured', (body) => ({ ...body, Image: 'berth:latest' })],
    ['an image by its id', (body) => ({ ...body, Image: `sha256:${'0'.repeat(64)}` })],
    ['another hub’s label', (body) => ({ ...body, Labels: { ...body.Labels, 'org.berth.hub': 'other' } })],
    [
      'Compose’s label',
      (body) => ({ ...body, Labels: { ...body.Labels, 'com.docker.compose.project': 'berth' } }),
    ],
    ['no JSON', () => '{"Image": '],
    ['a list', () => []],
  ])('not with %s', async (_, change) => {
    const { status, text } = await create(change);
    expect([400, 403], text).toContain(status);
    expect(text).toContain('the gate before the engine');
    expect(await house.dock.containers()).toEqual([]);
  });
});

describe('calls that the hub does not need', () => {
  test.each([
    ['POST', '/containers/{foreign}/exec'],
    ['POST', '/exec/0123456789ab/start'],
    ['POST', '/containers/{foreign}/attach?stream=1'],
    ['GET', '/containers/{foreign}/attach/ws'],
    ['GET', '/containers/{foreign}/export'],
    ['POST', '/containers/{foreign}/rename?name=x'],
    ['POST', '/containers/prune'],
    ['POST', '/volumes/prune'],
    ['POST', '/images/prune'],
    ['POST', '/system/prune'],
    ['POST', '/build'],
    ['GET', '/images/get?names=berth'],
    ['POST', '/images/{image}/tag?repo=berth'],
    ['POST', '/images/{image}/push'],
    ['POST', '/plugins/pull?remote=x'],
    ['POST', '/swarm/init'],
    ['GET', '/secrets'],
    ['POST', '/session'],
    ['POST', '/grpc'],
    ['POST', '/networks/bridge/connect'],
    ['POST', '/v1.41/containers/{foreign}/start'],
    ['GET', '/containers/../info'],
    ['GET', '/containers/%7Bforeign%7D/json'],
    ['GET', '//info'],
    ['PATCH', '/info'],
  ])('%s %s is refused', async (method, path) => {
    const real = path.replace('{foreign}', foreign).replace('{image}', IMAGE);
    const { status, text } = await ask(method, real, method === 'GET' ? undefined : {});
    expect(status, text).toBe(403);
  });
});

describe('what is not this hub’s', () => {
  test.each([
    ['POST', '/containers/{foreign}/start'],
    ['POST', '/containers/{foreign}/stop?t=1'],
    ['POST', '/containers/{foreign}/pause'],
    ['POST', '/containers/{foreign}/wait'],
    ['POST', '/containers/{foreign}/update'],
    ['DELETE', '/containers/{foreign}?force=true'],
    ['GET', '/containers/{foreign}/logs?stdout=true'],
    ['GET', '/containers/{foreign}/stats?stream=false'],
    ['GET', '/containers/{foreign}/archive?path=/berth/volume/.'],
    ['PUT', '/containers/{foreign}/archive?path=/berth'],
    ['POST', '/commit?container={foreign}&pause=true'],
    ['DELETE', '/images/{image}'],
    ['POST', '/images/create?fromImage=berth&tag=latest'],
    ['GET', '/networks/bridge'],
  ])('%s %s is refused', async (method, path) => {
    const real = path.replace('{foreign}', foreign).replace('{image}', IMAGE);
    const { status, text } = await ask(method, real);
    expect(status, text).toBe(403);
    expect((await house.dock.docker.getContainer(foreign).inspect()).State.Status).toBe('created');
  });

  test('a foreign container looks as if it were not there, and a list tells no more of it than its name', async () => {
    expect((await ask('GET', `/containers/${foreign}/json`)).status).toBe(404);
    expect((await ask('GET', `/containers/foreign-${house.dock.word}/json`)).status).toBe(404);
    const { text } = await ask('GET', '/containers/json?all=true');
    const listed = JSON.parse(text) as Record<string, unknown>[];
    const found = listed.find(({ Names: names }) => String(names).includes(`foreign-${house.dock.word}`));
    expect(found).toEqual({ Names: [`/foreign-${house.dock.word}`], Labels: {}, Mounts: [] });
  });

  test('events are told with this hub’s label only', async () => {
    const until = Math.floor(Date.now() / 1000);
    const events = (filters: object) =>
      ask('GET', `/events?since=1&until=${until}&filters=${encodeURIComponent(JSON.stringify(filters))}`);
    expect((await ask('GET', `/events?since=1&until=${until}`)).status).toBe(403);
    expect((await events({ type: ['container'] })).status).toBe(403);
    expect((await events({ label: ['org.berth.hub'] })).status).toBe(403);
    expect((await events({ container: [foreign] })).status).toBe(403);
    expect((await events({ label: [`org.berth.hub=${house.dock.name}`] })).status).toBe(200);
  });

  test('a volume that is a path of the machine cannot be made, nor one without a name of whose it is', async () => {
    const make = (body: object) => ask('POST', '/volumes/create', { Name: `${house.dock.name}-y`, ...body });
    const labels = { ...house.dock.labels, 'org.berth.user': house.alice };
    const path = { type: 'none', o: 'bind', device: '/' };
    expect((await make({ Labels: labels, DriverOpts: path })).status).toBe(403);
    expect((await make({ Labels: labels, Driver: 'nfs' })).status).toBe(403);
    expect((await make({ Labels: { 'org.berth.hub': 'other' } })).status).toBe(403);
    expect((await make({ Labels: house.dock.labels })).status).toBe(403);
    expect((await make({ Labels: labels })).status).toBe(201);
    expect((await ask('DELETE', `/volumes/${house.dock.name}-y`)).status).toBe(204);
  });

  test('an image archive with another name or a layer of its own is refused', async () => {
    expect((await ask('POST', '/images/load?quiet=1', Buffer.alloc(2048).toString())).status).toBe(403);
    expect((await ask('POST', '/images/load?quiet=1', 'x'.repeat(5 * 1024 * 1024))).status).toBe(413);
  });
});

describe('the connection', () => {
  /** What came back for bytes sent as they are. */
  async function raw(bytes: string): Promise<string> {
    const socket = connect(gate.socket);
    socket.write(bytes);
    let answer = '';
    socket.on('data', (part) => {
      answer += String(part);
    });
    socket.setTimeout(5000, () => socket.destroy());
    await once(socket, 'close');
    return answer;
  }

  test('is not handed over', async () => {
    const answer = await raw(
      `POST /containers/${foreign}/attach?stream=1 HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: tcp\r\n\r\n`,
    );
    expect(answer).toMatch(/^HTTP\/1\.1 403 /);
    expect(answer).not.toContain(' 101 ');
  });

  test.each([
    ['two lengths', 'Content-Length: 2\r\nContent-Length: 40\r\n\r\n{}'],
    ['a length and chunks', 'Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n'],
    ['a coding that is none', 'Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n'],
    ['a folded field', 'X: a\r\n b\r\nContent-Length: 0\r\n\r\n'],
  ])('carries no second request under %s', async (_, rest) => {
    const second = `POST /containers/${foreign}/start HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n`;
    const answer = await raw(`POST /containers/create?name=x HTTP/1.1\r\nHost: x\r\n${rest}${second}`);
    expect(answer).toMatch(/^HTTP\/1\.1 (?:400|403) /);
    expect((await house.dock.docker.getContainer(foreign).inspect()).State.Status).toBe('created');
  });

  test('a body in a call that has none reaches nobody', async () => {
    const body = JSON.stringify({ HostConfig: { Privileged: true } });
    const { status } = await ask('GET', '/info', body, { 'content-length': String(body.length) });
    expect(status).toBe(200);
  });
});
