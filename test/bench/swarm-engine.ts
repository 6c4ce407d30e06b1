import { createServer } from 'node:http';
import { serviceBody } from '../../hub/src/adapters/docker/swarm/service-body.ts';
import type { ContainerSpec } from '../../hub/src/domain/containers.ts';

// The manager of a Swarm of many machines, as far as a hub looks at it: answers of the engine's size and form, made once.
// node swarm-engine.ts SOCKET MACHINES SERVERS
const [socket = '', machines = '1', servers = '1'] = process.argv.slice(2);
const AT = '2026-11-22T00:00:00.123456789Z';
const id = (kind: string, at: number) => `${kind}${String(at).padStart(24, '0')}`;
const many = <T>(count: string, make: (at: number) => T): T[] =>
  Array.from({ length: Number(count) }, (_, at) => make(at));

function specOf(at: number): ContainerSpec {
  const user = `person${at}`;
  // As many words as the genuine single-user image is started with.
  const environment = Object.fromEntries(
    many('28', (word) => [`JUPYTERHUB_WORD_${word}`, `/user/${user}/${'x'.repeat(30)}`]),
  );
  return {
    ...{
      name: `jupyter-${user}`,
      image: 'registry.lab:5000/scipy-notebook:2026-11-02',
      command: null,
      args: [],
    },
    ...{ user: null, groups: [], environment, network: 'notebooks', memory: 2 ** 31, cpus: 2 },
    labels: {
      'org.berth.hub': 'berth',
      'org.berth.user': user,
      'org.berth.server': '',
      'org.berth.generation': '1',
    },
    mounts: [
      { type: 'volume', source: `jupyterhub-user-${user}`, path: '/home/jovyan/work', readOnly: false },
    ],
    ...{
      memoryGuarantee: 0,
      cpuGuarantee: 0,
      pids: 4096,
      shmSize: null,
      ulimits: [],
      dns: [],
      extraHosts: [],
    },
    ...{ devices: [], gpus: [] },
  };
}

const specs = many(servers, (at) =>
  serviceBody(specOf(at), {
    words: {
      Command: ['sh', '-c', 'export JUPYTERHUB_API_TOKEN="$(cat /run/secrets/word)"; exec "$0" "$@"'],
      Args: ['jupyterhub-singleuser'],
    },
    ...{ environment: specOf(at).environment, secret: { id: id('s', at), name: `secret-${at}` } },
    ...{ labels: { 'org.berth.sealed': 'x'.repeat(160) }, stopGraceSeconds: 10, api: 41, mostCores: null },
  }),
);
const version = { Index: 12_345 };
const answers: Readonly<Record<string, string>> = {
  services: JSON.stringify(
    specs.map((spec, at) => ({
      ...{ ID: id('v', at), Version: version, CreatedAt: AT, UpdatedAt: AT },
      // The engine keeps the state before the last change beside it.
      ...{ Spec: { ...spec, Mode: { Replicated: { Replicas: 1 } } }, PreviousSpec: spec },
      Endpoint: { Spec: { Mode: 'dnsrr' } },
    })),
  ),
  tasks: JSON.stringify(
    specs.map(({ TaskTemplate: template, Labels: labels }, at) => ({
      ...{ ID: id('t', at), Version: version, CreatedAt: AT, UpdatedAt: AT, Labels: labels, Spec: template },
      ...{ ServiceID: id('v', at), Slot: 1, NodeID: id('n', at % Number(machines)), DesiredState: 'running' },
      Status: {
        ...{ Timestamp: AT, State: 'running', Message: 'started', PortStatus: {} },
        ContainerStatus: { ContainerID: 'c'.repeat(64), PID: 4321, ExitCode: 0 },
      },
      NetworksAttachments: [
        {
          Network: {
            ID: id('o', 0),
            Version: version,
            CreatedAt: AT,
            Spec: { Name: 'notebooks', Attachable: true },
          },
          Addresses: [`10.128.${at >> 8}.${at & 255}/16`],
        },
      ],
    })),
  ),
  nodes: JSON.stringify(
    many(machines, (at) => ({
      ...{ ID: id('n', at), Version: version, CreatedAt: AT, UpdatedAt: AT },
      Spec: { Labels: { rack: `r${at % 20}` }, Role: 'worker', Availability: 'active' },
      Description: {
        ...{ Hostname: `machine-${at}`, Platform: { Architecture: 'x86_64', OS: 'linux' } },
        Resources: { NanoCPUs: 64e9, MemoryBytes: 256 * 2 ** 30 },
        Engine: {
          EngineVersion: '28.2.2',
          Plugins: many('24', (n) => ({ Type: 'Log', Name: `plugin${n}` })),
        },
        TLSInfo: { TrustRoot: 'x'.repeat(600), CertIssuerSubject: 'x'.repeat(30) },
      },
      Status: { State: 'ready', Addr: `10.0.${at >> 8}.${at & 255}` },
    })),
  ),
};

// Longer than any look: a question would meet a connection that is just closing.
createServer({ keepAliveTimeout: 600_000 }, (req, res) => {
  const kind = /\/(services|tasks|nodes)\?/.exec(req.url ?? '')?.[1] ?? '';
  const answer = answers[kind];
  res.writeHead(answer === undefined ? 404 : 200, { 'content-type': 'application/json' });
  res.end(answer ?? '{"message":"nothing here"}');
}).listen(socket, () => {
  const sizes = Object.values(answers).reduce((sum, text) => sum + Buffer.byteLength(text), 0);
  process.stdout.write(`${sizes}\n`);
});
