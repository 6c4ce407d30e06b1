import { chmod, unlink } from 'node:fs/promises';
import { connect, type Server } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { Refusal } from '../refusal.ts';

/** Where a listener stands. A host may be a name: it is resolved when the listener starts. */
export type ListenAddress =
  | { readonly host: string; readonly port: number }
  | { readonly socketPath: string; readonly mode: number };

// A container's network alias may be known a moment later than the container runs.
const NAME_ATTEMPTS = 30;
const NAME_PAUSE_MS = 500;

/** Starts listening. Throws Refusal with a sentence that names the address when that cannot be. */
export async function listenAt(server: Server, address: ListenAddress, what: string): Promise<void> {
  if ('socketPath' in address) await removeStale(address.socketPath);
  for (let attempt = 1; ; attempt += 1) {
    try {
      await listenOnce(server, address);
      break;
    } catch (error) {
      const code = codeOf(error);
      const mayCome = code === 'ENOTFOUND' || code === 'EAI_AGAIN' || code === 'EADDRNOTAVAIL';
      if (!mayCome || attempt === NAME_ATTEMPTS)
        throw new Refusal(500, `${what} cannot listen on ${describe(address)}: ${reasonFor(code, error)}`);
      await sleep(NAME_PAUSE_MS);
    }
  }
  if ('socketPath' in address) await chmod(address.socketPath, address.mode);
}

export function describe(address: ListenAddress): string {
  if ('socketPath' in address) return address.socketPath;
  const host = address.host === '' ? '*' : address.host.includes(':') ? `[${address.host}]` : address.host;
  return `${host}:${address.port}`;
}

function listenOnce(server: Server, address: ListenAddress): Promise<void> {
  return new Promise((resolve, reject) => {
    const failed = (error: Error): void => reject(error);
    server.once('error', failed);
    const listening = (): void => {
      server.off('error', failed);
      resolve();
    };
    if ('socketPath' in address) server.listen({ path: address.socketPath }, listening);
    else if (address.host === '') server.listen({ port: address.port }, listening);
    else server.listen({ host: address.host, port: address.port }, listening);
  });
}

/** Removes a socket that a killed process left behind; one that answers belongs to somebody. */
async function removeStale(path: string): Promise<void> {
  const alive = await new Promise<boolean>((resolve) => {
    const probe = connect({ path }, () => {
      probe.destroy();
      resolve(true);
    });
    probe.on('error', (error) => resolve(codeOf(error) !== 'ECONNREFUSED' && codeOf(error) !== 'ENOENT'));
  });
  if (alive) throw new Refusal(500, `The socket ${path} is in use by another process.`);
  try {
    await unlink(path);
  } catch (error) {
    if (codeOf(error) !== 'ENOENT') throw new Refusal(500, `The socket ${path} cannot be replaced: ${error}`);
  }
}

function reasonFor(code: string | undefined, error: unknown): string {
  if (code === 'EADDRINUSE') return 'the port is taken by another program.';
  if (code === 'EACCES') return 'this user may not open it (ports below 1024 need a capability).';
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return 'the name is not known.';
  if (code === 'EADDRNOTAVAIL') return 'this machine does not have that address.';
  return error instanceof Error ? error.message : String(error);
}

const codeOf = (error: unknown): string | undefined =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
