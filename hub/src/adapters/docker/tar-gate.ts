import { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { Problem } from '../../domain/problem.ts';
import type { FolderRights } from '../../domain/volumes.ts';
import { paxSize } from './pax-size.ts';
import { BLOCK, isEnd, readHeader, type TarHeader } from './tar-headers.ts';

/** Longest record that tells more about a header; names and sizes need a few hundred bytes. */
const RECORD_MAX = 1024 * 1024;
/** Character and block devices: a volume has no use for them. */
const DEVICES = new Set(['3', '4']);
/** Tell more about what follows: all of it (`g`), a size (`x`), a long name or a long link. */
const RECORDS = new Set(['x', 'g', 'L', 'K']);
/** Followed by nothing, whatever size their header says: links, folders, pipes. */
const BARE = new Set(['1', '2', '5', '6']);
/** What tar calls a file: since POSIX, before it, and one that wishes to lie in one piece. */
const FILES = new Set(['0', '', '7']);

/** How compressed files begin. Engines unpack by that, whatever the archive was called. */
const COMPRESSED = ['1f8b08', '425a68', 'fd377a585a00', '28b52ffd'].map((hex) => Buffer.from(hex, 'hex'));

/**
 * Looks at an archive while it passes through. Where readers of archives differ about where the next header stands, the
 * archive is refused: else the engine could find a device in what passed here as a file's content.
 */
export class TarGate {
  /** Rights of `.`, once it has passed. */
  top: FolderRights | null = null;
  /** Whether anything but `.` has passed. */
  files = false;
  #held: Buffer = Buffer.alloc(0);
  /** Bytes of a file's content that may pass unseen. */
  #skip = 0;
  #record: { readonly type: string; readonly whole: number; readonly size: number } | null = null;
  #nextSize: number | null = null;
  /** Whether a record tells more about the next header. */
  #told = false;
  #begun = false;
  #ended = false;

  /** @throws Problem VOLUME-004. */
  see(chunk: Uint8Array): void {
    this.#held = this.#held.length === 0 ? Buffer.from(chunk) : Buffer.concat([this.#held, chunk]);
    while (!this.#ended && this.#step()) {
      // Each step takes a piece off what is held.
    }
    if (!this.#ended) return;
    // Readers that go on behind a block of zeros would find more than was looked at here.
    if (this.#held.some((byte) => byte !== 0)) throw refused('Something stands behind its end.');
    this.#held = Buffer.alloc(0);
  }

  /** Nothing follows. @throws Problem VOLUME-004 when it ends in the middle. */
  end(): void {
    if (this.#skip > 0 || this.#record !== null || (!this.#ended && this.#held.length > 0)) {
      throw refused('The archive breaks off in the middle.');
    }
    if (!this.#ended) throw refused('The archive has no end: the upload was cut off, or it is none.');
  }

  #step(): boolean {
    if (this.#skip > 0) {
      const taken = Math.min(this.#skip, this.#held.length);
      this.#skip -= taken;
      this.#held = this.#held.subarray(taken);
      return taken > 0;
    }
    if (this.#record !== null) return this.#takeRecord(this.#record);
    if (this.#held.length < BLOCK) return false;
    const block = this.#held.subarray(0, BLOCK);
    this.#held = this.#held.subarray(BLOCK);
    this.#takeHeader(block);
    return true;
  }

  #takeRecord({ type, whole, size }: { type: string; whole: number; size: number }): boolean {
    if (this.#held.length < whole) return false;
    if (type === 'x') this.#nextSize = sizeOf(this.#held.subarray(0, size));
    this.#held = this.#held.subarray(whole);
    this.#record = null;
    return true;
  }

  #takeHeader(block: Buffer): void {
    if (isEnd(block)) {
      this.#ended = true;
      return;
    }
    // An engine would unpack it once more, and find another archive than was looked at here.
    if (!this.#begun && looksCompressed(block))
      throw refused('Its first name begins as a compressed file does.');
    this.#begun = true;
    const header = headerOf(block);
    if (DEVICES.has(header.type)) throw refused(`It holds a device file (${header.name}).`);
    if (RECORDS.has(header.type)) {
      this.#beginRecord(header);
      return;
    }
    const isFile = FILES.has(header.type);
    if (!isFile && !BARE.has(header.type))
      throw refused(`It holds something of an unknown kind (${header.name}).`);
    const size = this.#nextSize ?? header.size;
    if (size > 0 && mayBeFolder(header, this.#told))
      throw refused(`It cannot be told whether ${header.name} is a file or a folder.`);
    this.#nextSize = null;
    this.#told = false;
    if (/^\.?\/*$/.test(header.name)) this.top = { uid: header.uid, gid: header.gid, mode: header.mode };
    else this.files = true;
    this.#skip = isFile ? padded(size) : 0;
  }

  /** A record's own length is always its header's. */
  #beginRecord({ type, size }: TarHeader): void {
    if (size > RECORD_MAX) throw refused('A record in it is too long.');
    // Some readers forget then what the record before said of a size.
    if (type === 'g' && this.#nextSize !== null) throw refused('Its records are out of order.');
    this.#told = true;
    this.#record = { type, whole: padded(size), size };
  }
}

function looksCompressed(block: Buffer): boolean {
  // Zstandard also begins with a piece to be skipped: 50…5f 2a 4d 18.
  const skippable = (block[0] ?? 0) >> 4 === 5 && block.subarray(1, 4).toString('hex') === '2a4d18';
  return skippable || COMPRESSED.some((magic) => block.subarray(0, magic.length).equals(magic));
}

const padded = (size: number): number => Math.ceil(size / BLOCK) * BLOCK;

/** Before POSIX a folder was a file whose name ends in a slash, and had no content; a record may change the name. */
function mayBeFolder({ type, name }: TarHeader, told: boolean): boolean {
  return type === '' && (told || name === '' || name.endsWith('/'));
}

function sizeOf(record: Buffer): number | null {
  try {
    return paxSize(record);
  } catch (error) {
    throw refused('A record in it is damaged.', error);
  }
}

/** The archive, unpacked if it is gzip, each piece looked at before it goes on. @throws Problem VOLUME-004. */
export async function* throughGate(
  archive: AsyncIterable<Uint8Array>,
  gate: TarGate,
): AsyncGenerator<Uint8Array> {
  for await (const piece of unzipped(archive)) {
    gate.see(piece);
    yield piece;
  }
  gate.end();
}

async function* unzipped(archive: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const source = archive[Symbol.asyncIterator]();
  const first = await source.next();
  const begin = first.done ? new Uint8Array() : first.value;
  const whole = (async function* () {
    if (!first.done) yield begin;
    for (let next = await source.next(); !next.done; next = await source.next()) yield next.value;
  })();
  if (begin[0] !== 0x1f || begin[1] !== 0x8b) return yield* whole;
  const gunzip = createGunzip();
  const input = Readable.from(whole);
  input.once('error', (error) => gunzip.destroy(error));
  try {
    yield* input.pipe(gunzip);
  } catch (error) {
    if (error instanceof Problem) throw error;
    throw refused('Its compression is damaged, or the upload was cut off.', error);
  }
}

function headerOf(block: Buffer) {
  try {
    return readHeader(block);
  } catch (error) {
    throw refused('It is no tar archive (.tar or .tar.gz).', error);
  }
}

function refused(detail: string, cause?: unknown): Problem {
  return new Problem('VOLUME-004', { detail }, { cause });
}
