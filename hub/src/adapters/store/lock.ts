import { rm } from 'node:fs/promises';
import { connect, createServer, type Server } from 'node:net';

export interface Lock {
  release(): Promise<void>;
}

/**
 * One writer a store: a listening socket file beside it. Unlike a lock file it cannot be left behind by
 * `kill -9` (nobody answers then, and it is taken over); unlike a lock by process number it also holds
 * between containers that share the volume.
 *
 * @throws Error when a living process holds it.
 */
export async function holdLock(path: string): Promise<Lock> {
  try {
    return await listenAt(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
  }
  if (await somebodyAnswers(path)) throw new Error(`another hub is using this data directory (${path})`);
  await rm(path, { force: true });
  return await listenAt(path);
}

function listenAt(path: string): Promise<Lock> {
  const server: Server = createServer((socket) => socket.destroy());
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(path, () => {
      server.unref();
      resolve({ release: () => new Promise((done) => server.close(() => done())) });
    });
  });
}

function somebodyAnswers(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(path);
    const finish = (answer: boolean): void => {
      socket.destroy();
      resolve(answer);
    };
    socket.once('connect', () => finish(true));
    socket.once('error', () => finish(false));
    socket.setTimeout(2000, () => finish(true));
  });
}
