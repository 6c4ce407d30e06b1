import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { benchLine } from './bench-line.ts';
import { showLines } from './lines.ts';
import { suite } from './suite.ts';

// Issue "The hub contract", line by line, with genuine software. `make test` runs lines 1 to 5 as tests, but for 3.0.0,
// whose base image takes a minute to make.
const run = promisify(execFile);
const ROOT = join(import.meta.dirname, '../..');
const OLD = 'berth-conformance-singleuser-3.0';
const MINIMAL = 'berth-notebook-minimal';

await prepare();
await showLines('The hub contract', [
  ...[
    ['1a', '5.2.1 in extension mode, with JupyterLab', `${MINIMAL}=lab`],
    ['1b', '5.2.1 with the classic notebook', `${MINIMAL}=tree`],
    ['1c', '3.0.0 in subclass mode', `${OLD}=tree`],
  ].map(([number = '', what, images = '']) => ({
    number,
    what: `a genuine singleuser ${what}, in its container: sign-in, kernel, tokens, sign-out, strangers, administrators`,
    show: () =>
      suite('integration', ['test/integration/contract-singleuser'], {
        environment: { CONTRACT_IMAGES: images },
      }),
  })),
  {
    number: '2',
    what: 'one list of requests, to the real JupyterHub 5.2.1 and to ours',
    show: () => suite('integration', ['test/conformance'], { figure: /^(\d+ requests, .*)$/m }),
  },
  {
    number: '3',
    what: "the idle culler's own sequence of requests ends idle servers: pages, max_age, named servers, administrators",
    show: () => suite('unit', ['hub/src/http/api/idle-culler']),
  },
  {
    number: '4a',
    what: '50 starts of one server at once make one container, on the real engine',
    show: () => suite('integration', ['test/integration/contract-starts']),
  },
  {
    number: '4b',
    what: 'an account removed at every step of a start leaves nothing behind, on the real engine',
    show: () => suite('integration', ['test/integration/contract-races']),
  },
  {
    number: '4c',
    what: 'starts, stops, renamings, removals, deaths and failures in 180 random orders: all agree in the end',
    show: () => suite('unit', ['hub/test/server-life']),
  },
  {
    number: '4d',
    what: 'tokens, sessions and accounts that go while they are used open nothing afterwards',
    show: () => suite('unit', ['hub/src/http/api/identity-races']),
  },
  {
    number: '5',
    what: 'malformed, huge and unknown input: 4xx in JupyterHub’s shape, and nothing changed',
    show: () => suite('unit', ['hub/src/http/api']),
  },
  benchLine('6', 'speed beside the real JupyterHub, p99 and memory', 'contract.ts'),
]);

async function prepare(): Promise<void> {
  const env = { ...process.env, BASE_IMAGE: 'debian:bookworm-slim' };
  await run('bash', ['compose/setup/engine.sh'], { cwd: ROOT, timeout: 600_000 });
  await run('bash', ['compose/setup/base-image.sh'], { cwd: ROOT, timeout: 600_000, env });
  const folder = join(ROOT, 'test/conformance/singleuser-3.0');
  await run('docker', ['build', '-q', '-t', OLD, folder], { cwd: ROOT, timeout: 900_000 });
}
