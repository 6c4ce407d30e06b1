import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { createGunzip } from 'node:zlib';
import { ArchiveFault } from './archive-fault.ts';
import {
  configPathOf,
  FILE_BYTES,
  MANIFEST_BYTES,
  MANIFEST_NAME,
  type ManifestEntry,
  PART_BYTES,
  partOf,
} from './manifest.ts';
import { type TarEntry, TarParser } from './tar-parser.ts';

export type ArchivePiece =
  | { readonly kind: 'entry'; readonly name: string }
  | { readonly kind: 'data'; readonly name: string; readonly bytes: Buffer }
  /** The whole entry has come; what it was. */
  | { readonly kind: 'done'; readonly entry: ManifestEntry };

/**
 * Goes through an archive from its beginning to its end. Only plain files with names of ours pass.
 *
 * @throws ArchiveFault when it is no archive of ours, or damaged.
 */
export async function* readArchive(path: string): AsyncGenerator<ArchivePiece> {
  const parser = new TarParser();
  let name = '';
  let size = 0;
  let sum = createHash('sha256');
  for await (const chunk of unpacked(path)) {
    for (const event of parser.feed(chunk)) {
      if (event.kind === 'entry') {
        checkEntry(event.entry);
        ({ name, size } = event.entry);
        sum = createHash('sha256');
        yield { kind: 'entry', name };
      } else if (event.kind === 'data') {
        sum.update(event.bytes);
        yield { kind: 'data', name, bytes: event.bytes };
      } else {
        yield { kind: 'done', entry: { name, size, sha256: sum.digest('hex') } };
      }
    }
  }
  parser.finish();
}

async function* unpacked(path: string): AsyncGenerator<Buffer> {
  const file = createReadStream(path, { highWaterMark: 1024 * 1024 });
  const gunzip = createGunzip({ chunkSize: 256 * 1024 });
  file.on('error', (error) => gunzip.destroy(error));
  try {
    yield* file.pipe(gunzip) as AsyncIterable<Buffer>;
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    if (code.startsWith('Z_'))
      throw new ArchiveFault('it is damaged, or no archive of Berth’s', { cause: error });
    throw error;
  } finally {
    file.destroy();
    gunzip.destroy();
  }
}

function checkEntry({ name, type, size, extended }: TarEntry): void {
  const shown = JSON.stringify(name.slice(0, 120));
  if (type !== '0' || extended) throw new ArchiveFault(`it holds something that is no plain file: ${shown}`);
  const most =
    name === MANIFEST_NAME
      ? MANIFEST_BYTES
      : partOf(name) !== null
        ? PART_BYTES
        : configPathOf(name) !== null
          ? FILE_BYTES
          : null;
  if (most === null) throw new ArchiveFault(`it holds something that does not belong there: ${shown}`);
  if (size > most) throw new ArchiveFault(`${shown} is larger than it can be`);
}
