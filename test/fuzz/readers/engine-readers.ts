import { createBody } from '../../../hub/src/adapters/docker/create-body.ts';
import { readContainerBody } from '../../../hub/src/adapters/docker/gate/container-body.ts';
import { NEEDED_CALLS } from '../../../hub/src/adapters/docker/gate/needed-calls.ts';
import { readImageArchive } from '../../../hub/src/adapters/docker/gate/other-bodies.ts';
import type { GatePolicy } from '../../../hub/src/adapters/docker/gate/policy.ts';
import { readCall } from '../../../hub/src/adapters/docker/gate/read-call.ts';
import { Refused } from '../../../hub/src/adapters/docker/gate/refused.ts';
import { cleanLines, unframe } from '../../../hub/src/adapters/docker/log-text.ts';
import { machineOf } from '../../../hub/src/adapters/docker/swarm/machines.ts';
import { nodeShape, serviceShape, taskShape } from '../../../hub/src/adapters/docker/swarm/swarm-shapes.ts';
import { viewOfService } from '../../../hub/src/adapters/docker/swarm/task-view.ts';
import { TarGate } from '../../../hub/src/adapters/docker/tar-gate.ts';
import { fileArchive, folderArchive } from '../../../hub/src/adapters/docker/tar-headers.ts';
import { Problem } from '../../../hub/src/domain/problem.ts';
import { BARE_SPEC } from '../../support/bare-spec.ts';
import { paxLine, tarEnd, tarMember } from '../../support/tar-member.ts';
import { must, type ReaderTarget } from '../reader-target.ts';
import { valueIn } from './value-in.ts';

const NETWORK = 'notebooks';
const SECRET = 'fz0secret0word';
const policy: GatePolicy = {
  instance: 'berth',
  network: NETWORK,
  rootAllowed: false,
  gpus: new Set(['GPU-1']),
  devices: new Set(['/dev/video0']),
  groups: new Set(['100']),
  forwarderImage: 'berth-proxy:latest',
  allowsImage: (image) => image === 'lab:1',
  allowsBind: (source, readOnly) => source === '/srv/data' && readOnly,
  namesVolume: () => false,
};

/** Runs what may refuse, and nothing else. */
function unlessRefused<T>(act: () => T): T | null {
  try {
    return act();
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    must(error.message.length > 0 && error.status < 500, `refused with ${error.status}`);
    return null;
  }
}

const containers: ReaderTarget = {
  name: 'gate: new containers',
  seeds: [
    JSON.stringify(createBody(BARE_SPEC)),
    JSON.stringify(
      createBody({
        ...BARE_SPEC,
        mounts: [{ type: 'bind', source: '/srv/data', path: '/data', readOnly: true }],
        groups: [100],
        devices: ['/dev/video0'],
        gpus: ['GPU-1'],
      }),
    ),
  ],
  words: [
    '"Privileged": true,',
    '"Binds": ["/:/x"],',
    '"HostConfig": {',
    '"hostconfig": {',
    '"NetworkMode": "host",',
    '"PidMode": "host",',
    '"CapAdd": ["SYS_ADMIN"],',
    '"Source": "/",',
    '"SecurityOpt": [],',
    '"User": "0",',
    '"org.berth.hub": "other",',
    '"org.berth.keeper": "berth",',
    '"Type": "bind",',
  ],
  read(input) {
    const passed = unlessRefused(() => readContainerBody(valueIn(input, containers.seeds), policy));
    if (passed === null) return;
    const { HostConfig: host = {}, User: user = '' } = JSON.parse(passed.body);
    must(host.Privileged !== true && host.Binds === undefined, 'a container has the machine');
    for (const word of [
      'PidMode',
      'IpcMode',
      'UTSMode',
      'UsernsMode',
      'CgroupParent',
      'VolumesFrom',
      'Runtime',
    ])
      must(host[word] === undefined || host[word] === '', `a container has ${word}`);
    must([NETWORK, 'none'].includes(host.NetworkMode) || passed.shares !== null, `in ${host.NetworkMode}`);
    must(JSON.stringify(host.CapDrop) === '["ALL"]' && host.CapAdd === undefined, 'it keeps capabilities');
    must(!/^0+(?::|$)/.test(user), 'it runs as root');
    for (const { Type: type, Source: source, ReadOnly: readOnly } of host.Mounts ?? [])
      must(type !== 'bind' || (source === '/srv/data' && readOnly === true), `it has ${source}`);
  },
};

const calls: ReaderTarget = {
  name: 'gate: calls',
  seeds: NEEDED_CALLS.map(({ method, path }) => `${method} ${path.replace('{name}', 'abc')}?force=true&t=5`),
  words: ['/', '..', '%2e', '%2f', '?', '&', '#', '//', 'POST ', '/v1.41', '/exec', '/containers/', '\r\n'],
  read(input) {
    const cut = input.indexOf(' ');
    const found = unlessRefused(() => readCall(input.slice(0, cut), input.slice(cut + 1)));
    if (found === null) return;
    must(found.needed.method === input.slice(0, cut), 'another method passes');
    must(!/[\s%?#\\]|^[./]|\/[./]|\/$/.test(found.name), `a name ${JSON.stringify(found.name)} passes`);
    for (const key of found.query.keys()) must(Object.hasOwn(found.needed.query, key), `${key} passes`);
  },
};

const imageArchives: ReaderTarget = {
  name: 'gate: saved images',
  seeds: [
    fileArchive({
      'config.json': '{"config": {"Labels": {"org.berth.environment.hub": "berth"}}}',
      'manifest.json': `[{"Config": "config.json", "RepoTags": ["berth-environment:${'0'.repeat(12)}"], "Layers": []}]`,
    }).toString('latin1'),
  ],
  words: ['manifest.json', 'config.json', '"Layers": ["../x"]', '"RepoTags":', 'lab:1', '\0', '7'.repeat(11)],
  read: (input) => void unlessRefused(() => readImageArchive(Buffer.from(input, 'latin1'), policy)),
};

/** What the gate before a volume says of an archive that comes in pieces. */
function verdict(bytes: Buffer, piece: number): string {
  const gate = new TarGate();
  try {
    for (let at = 0; at < bytes.length; at += piece) gate.see(bytes.subarray(at, at + piece));
    gate.end();
    return JSON.stringify([gate.files, gate.top]);
  } catch (error) {
    if (!(error instanceof Problem && error.code === 'VOLUME-004')) throw error;
    return 'refused';
  }
}

const member = (name: string, type: string, content = ''): string =>
  tarMember({ name, type, content }).toString('latin1');
const uploads: ReaderTarget = {
  name: 'uploads of volumes',
  seeds: [
    [member('a', '0', 'hello'), member('x', 'x', paxLine('size', '5')), member('b', '0', 'hello')].join(''),
    [member('././@LongLink', 'L', 'long\0'), member('c', '', 'old'), member('d', '5')].join(''),
    folderArchive('.', { uid: 1000, gid: 100, mode: 0o755 }).toString('latin1'),
  ].map((text) => text + tarEnd.toString('latin1')),
  words: [member('dev', '3'), member('g', 'g', paxLine('comment', 'x')), member('s', 'S'), '\0'.repeat(512)],
  read(input) {
    const bytes = Buffer.from(input, 'latin1');
    const whole = verdict(bytes, bytes.length || 1);
    must(whole === verdict(bytes, 513), 'whether an upload passes hangs on how its bytes were cut');
    const device = bytes.indexOf(Buffer.from(member('dev', '3'), 'latin1'));
    const isLast = device !== -1 && bytes.subarray(device + 512).equals(tarEnd) && device % 512 === 0;
    must(!isLast || whole === 'refused' || holdsAsContent(bytes, device), 'a device passes');
  },
};

/** Whether the plain file before it is so long that the block at this place is its content. */
function holdsAsContent(bytes: Buffer, place: number): boolean {
  for (let at = place - 512; at >= 0; at -= 512) {
    const type = bytes[at + 156] ?? 0;
    const size = Number.parseInt(bytes.toString('latin1', at + 124, at + 135), 8);
    const isFile = bytes.toString('latin1', at + 257, at + 262) === 'ustar' && [0, 0x30, 0x37].includes(type);
    if (isFile && at + 512 + size > place) return true;
    // A record may be as long, or say the length of what follows.
    if ([0x78, 0x67, 0x4c, 0x4b].includes(type)) return true;
  }
  return false;
}

const outputs: ReaderTarget = {
  name: 'output of containers',
  seeds: [
    '\x01\0\0\0\0\0\0\x06hello\n\x02\0\0\0\0\0\0\x03no\n',
    `\x1b[31mred\x1b[0m 10%\r20%\r\n${SECRET}\n\x1b]8;;http://a\x07x`,
  ],
  words: ['\x1b[', '\x1b]', '\r', '\n', '\x07', '\u202e', '\x01\0\0\0\xff\xff\xff\xff', SECRET, '\x9b'],
  read(input) {
    const lines = cleanLines(unframe(Buffer.from(input)), 50, [SECRET]);
    must(lines.length <= 50, 'more lines than asked for');
    for (const line of lines) {
      must(line.length <= 2001, `a line of ${line.length} letters`);
      // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what may not be there.
      must(!/[\x00-\x08\x0a-\x1f\x7f-\x9f]/.test(line), `controls in ${JSON.stringify(line)}`);
      must(!/[\u202a-\u202e\u2066-\u2069]/.test(line), `turned letters in ${JSON.stringify(line)}`);
      must(!line.includes(SECRET), `a line tells a secret: ${JSON.stringify(line)}`);
    }
  },
};

const swarmAnswers: ReaderTarget = {
  name: 'answers of a Swarm',
  seeds: [
    '[{"ID": "s", "Version": {"Index": 1}, "CreatedAt": "2026-01-01T00:00:00Z", "Spec": {"Name": "n", "TaskTemplate": {"ContainerSpec": {"Image": "i"}}, "Mode": {"Replicated": {"Replicas": 1}}}}, {"ID": "t", "CreatedAt": "2026-01-01T00:00:00Z", "ServiceID": "s", "NodeID": "m", "DesiredState": "running", "Status": {"State": "running"}, "NetworksAttachments": [{"Network": {"ID": "x", "Spec": {"Name": "notebooks"}}, "Addresses": ["10.0.0.5/24"]}]}, {"ID": "m", "Spec": {"Role": "worker", "Availability": "active"}, "Description": {"Hostname": "h", "Resources": {"NanoCPUs": 1, "MemoryBytes": 1}}, "Status": {"State": "ready"}}]',
  ],
  words: ['"Status": {"State": "failed", "Err": "x"}', '"Addresses": []', '"Labels": null', '"NodeID":'],
  read(input) {
    const told = valueIn(input, swarmAnswers.seeds);
    const [first, second, third] = Array.isArray(told) ? told : [];
    const service = serviceShape.safeParse(first);
    const task = taskShape.safeParse(second);
    const node = nodeShape.safeParse(third);
    const machines = new Map(node.success ? [[node.data.ID, machineOf(node.data)]] : []);
    if (!service.success) return;
    const view = viewOfService(service.data, task.success ? [task.data] : [], machines, NETWORK);
    must(view.running || view.address === null, 'what does not run has an address');
  },
};

export const ENGINE_READERS: readonly ReaderTarget[] = [
  containers,
  calls,
  imageArchives,
  uploads,
  outputs,
  swarmAnswers,
];
