import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { engineGate } from '../../hub/src/adapters/docker/gate/engine-gate.ts';
import { type GateMenu, gatePolicy } from '../../hub/src/adapters/docker/gate/policy.ts';

/** The engine's own socket. */
const ENGINE = '/var/run/docker.sock';

/** A gate before the real engine, in this process. */
export interface TestGate {
  readonly socket: string;
  /** What was refused, with the reason. */
  readonly refused: readonly string[];
  close(): Promise<void>;
}

/** @param menu what the configuration has now; asked for every call. */
export async function openGate(menu: () => GateMenu): Promise<TestGate> {
  const directory = await mkdtemp(join(tmpdir(), 'berth-gate-'));
  const socket = join(directory, 'docker.sock');
  const refused: string[] = [];
  const note = (what: unknown) => refused.push(JSON.stringify(what));
  const server = engineGate(ENGINE, () => gatePolicy(menu()), { info: () => {}, warn: note, error: note });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen({ path: socket }, resolve);
  });
  return {
    socket,
    refused,
    close: async () => {
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
      await rm(directory, { recursive: true, force: true });
    },
  };
}

/** Whether this run's hubs ask the engine through a gate: `ENGINE_GATE=1`. */
export const THROUGH_GATE = process.env.ENGINE_GATE === '1';

const MAIN = join(import.meta.dirname, '../../hub/src/main-gate.ts');

/** The gate's own process with a hub's environment; opens `socket`. @throws Error with its words when it does not. */
export async function startGate(
  environment: Readonly<Record<string, string>>,
  socket: string,
): Promise<ChildProcess> {
  const child = spawn(process.execPath, [MAIN], {
    env: { ...environment, DOCKER_SOCKET: ENGINE, GATE_SOCKET: socket },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      said += text;
    });
  }
  for (let look = 0; look < 600 && child.exitCode === null; look += 1) {
    if (said.includes('the gate is open')) return child;
    await sleep(100);
  }
  child.kill('SIGKILL');
  throw new Error(`the gate did not open: ${said}`);
}
