import { spawn } from 'node:child_process';
import { once } from 'node:events';

const REMARKS = 20;

/** A folder as a tar, while others may write to it; `remarks` fills with what changed under tar's hands. */
export interface PackedFolder {
  readonly pieces: AsyncIterable<Buffer>;
  readonly remarks: readonly string[];
}

/**
 * Packs with the system's tar: modes, owners by number, times, links; not what is mounted inside.
 *
 * @param except names directly in the folder, or patterns of them, that stay out.
 */
export function packFolder(folder: string, except: readonly string[] = []): PackedFolder {
  const remarks: string[] = [];
  return { pieces: pack(folder, except, remarks), remarks };
}

/** @throws Error when tar cannot read something. Files that change or go meanwhile are no error. */
async function* pack(folder: string, except: readonly string[], remarks: string[]): AsyncGenerator<Buffer> {
  const words = [
    ...['--create', '--file=-', '--format=posix', '--pax-option=delete=atime,delete=ctime'],
    ...['--numeric-owner', '--one-file-system', '--no-wildcards-match-slash', '--anchored'],
    ...except.map((pattern) => `--exclude=./${pattern}`),
    ...['--directory', folder, '.'],
  ];
  const tar = spawn('tar', words, {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { LC_ALL: 'C', PATH: '/usr/bin:/bin' },
  });
  const ended = once(tar, 'close') as Promise<[number | null]>;
  ended.catch(() => {});
  let said = '';
  tar.stderr.setEncoding('utf8').on('data', (text: string) => {
    said = (said + text).slice(-8000);
  });
  yield* tar.stdout as AsyncIterable<Buffer>;
  const [code] = await ended;
  const lines = said.split('\n').filter((line) => line !== '' && !line.includes('socket ignored'));
  // 1: something changed while it was read.
  if (code !== 0 && code !== 1)
    throw new Error(`tar could not read ${folder}: ${lines.at(-1) ?? `code ${code}`}`);
  remarks.push(...lines.slice(-REMARKS).map((line) => line.slice(0, 500)));
}

/** Unpacks into a folder what {@link packFolder} made of one. */
export class FolderUnpacker {
  readonly #tar;
  readonly #ended: Promise<readonly [number | null]>;
  #said = '';

  constructor(folder: string) {
    // As root keeps owners; without, tar leaves them out by itself.
    const words = [
      '--extract',
      '--file=-',
      '--numeric-owner',
      '--preserve-permissions',
      '--directory',
      folder,
    ];
    this.#tar = spawn('tar', words, {
      stdio: ['pipe', 'ignore', 'pipe'],
      env: { LC_ALL: 'C', PATH: '/usr/bin:/bin' },
    });
    this.#ended = once(this.#tar, 'close') as Promise<[number | null]>;
    this.#ended.catch(() => {});
    // A tar that ends early says why by its code.
    this.#tar.stdin.on('error', () => {});
    this.#tar.stderr.setEncoding('utf8').on('data', (text: string) => {
      this.#said = (this.#said + text).slice(-4000);
    });
  }

  async feed(bytes: Buffer): Promise<void> {
    const { stdin } = this.#tar;
    if (stdin.destroyed || stdin.write(bytes)) return;
    await Promise.race([once(stdin, 'drain'), this.#ended]);
  }

  /** @throws Error when tar could not write something. */
  async finish(): Promise<void> {
    this.#tar.stdin.end();
    const [code] = await this.#ended;
    if (code !== 0)
      throw new Error(`tar could not unpack: ${this.#said.trim().split('\n').at(-1) ?? `code ${code}`}`);
  }
}
