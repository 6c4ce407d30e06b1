import { createHash } from 'node:crypto';
import { once } from 'node:events';
import type { Writable } from 'node:stream';
import { MANIFEST_NAME, type Manifest, type ManifestEntry, PART_BYTES, partName } from './manifest.ts';

const BLOCK = 512;

/** Writes a tar of plain files and remembers what it wrote. Holds one part in memory. */
export class ArchiveWriter {
  readonly #out: Writable;
  readonly #seconds: number;
  readonly #entries: ManifestEntry[] = [];

  constructor(out: Writable, seconds: number) {
    this.#out = out;
    this.#seconds = seconds;
  }

  async file(name: string, content: Buffer): Promise<void> {
    const sha256 = createHash('sha256').update(content).digest('hex');
    this.#entries.push({ name, size: content.length, sha256 });
    await this.#member(name, content);
  }

  /** A stream of whatever length, in parts. Answers how many bytes it had. */
  async stream(name: string, pieces: AsyncIterable<Buffer> | Iterable<Buffer>): Promise<number> {
    let held: Buffer[] = [];
    let holding = 0;
    let number = 0;
    let whole = 0;
    const put = async (): Promise<void> => {
      await this.file(partName(name, number), Buffer.concat(held));
      number += 1;
      held = [];
      holding = 0;
    };
    for await (const piece of pieces) {
      for (let rest = piece; rest.length > 0; ) {
        const taken = rest.subarray(0, PART_BYTES - holding);
        held.push(taken);
        holding += taken.length;
        whole += taken.length;
        rest = rest.subarray(taken.length);
        if (holding === PART_BYTES) await put();
      }
    }
    if (holding > 0 || number === 0) await put();
    return whole;
  }

  /** The manifest, and the end. */
  async end(about: Omit<Manifest, 'entries'>): Promise<void> {
    const manifest: Manifest = { ...about, entries: this.#entries };
    await this.#member(MANIFEST_NAME, Buffer.from(`${JSON.stringify(manifest)}\n`));
    await this.#write(Buffer.alloc(2 * BLOCK));
    this.#out.end();
    if (!this.#out.writableFinished) await once(this.#out, 'finish');
  }

  async #member(name: string, content: Buffer): Promise<void> {
    await this.#write(header(name, content.length, this.#seconds));
    await this.#write(content);
    await this.#write(Buffer.alloc((BLOCK - (content.length % BLOCK)) % BLOCK));
  }

  async #write(bytes: Buffer): Promise<void> {
    if (bytes.length > 0 && !this.#out.write(bytes)) await once(this.#out, 'drain');
  }
}

/** POSIX ustar, a plain file of mode 0600. */
function header(name: string, size: number, seconds: number): Buffer {
  if (Buffer.byteLength(name) > 100) throw new Error(`${name}: too long a name for an archive`);
  const block = Buffer.alloc(BLOCK);
  const octal = (value: number, at: number, length: number) =>
    block.write(value.toString(8).padStart(length - 1, '0'), at, 'latin1');
  block.write(name, 0, 'utf8');
  octal(0o600, 100, 8);
  octal(0, 108, 8);
  octal(0, 116, 8);
  octal(size, 124, 12);
  octal(seconds, 136, 12);
  block.write('        ', 148, 'latin1');
  block.write('0', 156, 'latin1');
  block.write('ustar\x0000', 257, 'latin1');
  octal(
    block.reduce((sum, byte) => sum + byte, 0),
    148,
    7,
  );
  block.write('\x00 ', 154, 'latin1');
  return block;
}
