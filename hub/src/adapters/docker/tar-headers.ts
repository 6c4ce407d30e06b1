import type { FolderRights } from '../../domain/volumes.ts';

/** One header of a tar archive, as far as it matters here. */
export interface TarHeader extends FolderRights {
  readonly name: string;
  /** As POSIX writes it: `5` is a folder, `x` tells more about the next one; empty as tar wrote files before POSIX. */
  readonly type: string;
  /** Bytes that follow it, padding left out. */
  readonly size: number;
}

export const BLOCK = 512;

/** A block of zeros ends an archive. */
export function isEnd(block: Buffer): boolean {
  return block.every((byte) => byte === 0);
}

/** @throws RangeError when the block is no header: its checksum is wrong. */
export function readHeader(block: Buffer): TarHeader {
  const stored = octal(block, 148, 8);
  let sum = 8 * 0x20;
  for (const [at, byte] of block.entries()) if (at < 148 || at >= 156) sum += byte;
  if (stored !== sum) throw new RangeError('it is no tar archive');
  return {
    name: text(block, 0, 100),
    mode: octal(block, 100, 8) & 0o7777,
    uid: octal(block, 108, 8),
    gid: octal(block, 116, 8),
    size: octal(block, 124, 12),
    type: text(block, 156, 1),
  };
}

/** An archive of one folder without anything in it. */
export function folderArchive(name: string, rights: FolderRights): Buffer {
  return Buffer.concat([headerBlock(`${name}/`, '5', 0, rights), Buffer.alloc(2 * BLOCK)]);
}

/** An archive of files by name, with their content. */
export function fileArchive(files: Readonly<Record<string, string>>): Buffer {
  const pieces = Object.entries(files).flatMap(([name, content]) => {
    const bytes = Buffer.from(content);
    const padding = Buffer.alloc((BLOCK - (bytes.length % BLOCK)) % BLOCK);
    return [headerBlock(name, '0', bytes.length, { uid: 0, gid: 0, mode: 0o644 }), bytes, padding];
  });
  return Buffer.concat([...pieces, Buffer.alloc(2 * BLOCK)]);
}

function headerBlock(name: string, type: string, size: number, { uid, gid, mode }: FolderRights): Buffer {
  const header = Buffer.alloc(BLOCK);
  header.write(name, 0);
  writeOctal(header, 100, 8, mode);
  writeOctal(header, 108, 8, uid);
  writeOctal(header, 116, 8, gid);
  writeOctal(header, 124, 12, size);
  writeOctal(header, 136, 12, Math.floor(Date.now() / 1000));
  header.write('        ', 148);
  header.write(type, 156);
  header.write('ustar\x0000', 257);
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  return header;
}

function text(block: Buffer, at: number, length: number): string {
  const word = block.subarray(at, at + length);
  const end = word.indexOf(0);
  return word.subarray(0, end === -1 ? length : end).toString('utf8');
}

/** A number in octal letters or, when the first bit is set (GNU's way for large ones), in binary. */
function octal(block: Buffer, at: number, length: number): number {
  const first = block[at] ?? 0;
  if ((first & 0x80) === 0) {
    const word = block
      .toString('latin1', at, at + length)
      .replace(/[\0 ]+$/, '')
      .trim();
    if (word === '') return 0;
    if (!/^[0-7]+$/.test(word)) throw new RangeError('it is no tar archive');
    return Number.parseInt(word, 8);
  }
  let value = first & 0x7f;
  for (let index = at + 1; index < at + length; index += 1) value = value * 256 + (block[index] ?? 0);
  return value;
}

/** Ids above seven octal digits are written GNU's way. */
function writeOctal(block: Buffer, at: number, length: number, value: number): void {
  const word = value.toString(8);
  if (word.length < length) {
    block.write(`${word.padStart(length - 1, '0')}\0`, at);
    return;
  }
  let rest = value;
  for (let index = at + length - 1; index > at; index -= 1) {
    block[index] = rest % 256;
    rest = Math.floor(rest / 256);
  }
  block[at] = 0x80;
}
