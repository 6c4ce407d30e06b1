import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { engineGate } from '../../hub/src/adapters/docker/gate/engine-gate.ts';
import { type GateMenu, gatePolicy } from '../../hub/src/adapters/docker/gate/policy.ts';

/** The engine's own socket. */
export const ENGINE = '/var/run/docker.sock';

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
