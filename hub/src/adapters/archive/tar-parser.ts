import { ArchiveFault } from './archive-fault.ts';

/** One member of a tar. */
export interface TarEntry {
  readonly name: string;
  /** POSIX: `0` file, `1` hard link, `2` symbolic link, `3` `4` devices, `5` folder, `6` pipe. */
  readonly type: string;
  readonly size: number;
  /** Where a link leads; empty for what is no link. */
  readonly link: string;
  /** `major:minor` of a device; empty for what is none. */
  readonly device: string;
  /** Whether its name or size came from a pax header. */
  readonly extended: boolean;
}

export type TarEvent =
  | { readonly kind: 'entry'; readonly entry: TarEntry }
  | { readonly kind: 'data'; readonly bytes: Buffer }
  | { readonly kind: 'done' };

const BLOCK = 512;
/** A pax header holds a name and little else. */
const PAX_MAX = 256 * 1024;
/** Links, devices, folders and pipes. */
const BARE = /^[1-6]$/;
const DEVICE = /^[34]$/;
/** Some readers take a device's numbers from here, and not from the header. GNU's tar writes none. */
const DEVICE_RECORD = /^SCHILY\.dev(major|minor)$/;

/**
 * Reads a tar (POSIX ustar and pax) as it comes in, in pieces of any size; holds one block of it at most.
 * GNU's own extensions are refused: neither we nor `tar --format=posix` write them.
 */
export class TarParser {
  #held: Buffer = Buffer.alloc(0);
  /** Bytes of the present member, and of the padding behind it, that have not come yet. */
  #body = 0;
  #padding = 0;
  #pax: Buffer[] | null = null;
  #next: Readonly<Record<string, string>> = {};
  #open = false;
  #zeros = 0;

  /** @throws ArchiveFault at the first byte that cannot be right. */
  *feed(chunk: Buffer): Generator<TarEvent> {
    let rest: Buffer = this.#held.length === 0 ? chunk : Buffer.concat([this.#held, chunk]);
    this.#held = Buffer.alloc(0);
    while (rest.length > 0) {
      if (this.#body > 0) {
        const bytes = rest.subarray(0, this.#body);
        rest = rest.subarray(bytes.length);
        this.#body -= bytes.length;
        if (this.#pax === null) yield { kind: 'data', bytes };
        else this.#pax.push(bytes);
      } else if (this.#open) {
        yield* this.#close();
      } else if (this.#padding > 0) {
        const skipped = Math.min(this.#padding, rest.length);
        this.#padding -= skipped;
        rest = rest.subarray(skipped);
      } else if (rest.length < BLOCK) {
        this.#held = Buffer.from(rest);
        return;
      } else {
        yield* this.#header(rest.subarray(0, BLOCK));
        rest = rest.subarray(BLOCK);
      }
    }
    if (this.#open && this.#body === 0) yield* this.#close();
  }

  /** @throws ArchiveFault when the tar has not come to its end. */
  finish(): void {
    if (this.#open || this.#zeros === 0 || this.#held.length > 0) {
      throw new ArchiveFault('it ends in the middle: part of it is missing');
    }
  }

  *#header(block: Buffer): Generator<TarEvent> {
    if (block.every((byte) => byte === 0)) {
      this.#zeros += 1;
      return;
    }
    if (this.#zeros > 0) throw new ArchiveFault('something stands behind its end');
    const { type, name, link, device, size } = decodeHeader(block);
    const pax = this.#next;
    // What a record says of a size is of the next member, not of another record.
    const told = type === 'x' ? undefined : pax.size;
    if (told !== undefined && !/^\d{1,15}$/.test(told)) throw new ArchiveFault('a size in it is no number');
    const whole = told === undefined ? size : Number(told);
    // Readers differ about whether something follows: one of them would take it for the next header.
    if (whole > 0 && BARE.test(type)) throw new ArchiveFault('a link or folder in it has a size');
    this.#body = whole;
    this.#padding = (BLOCK - (whole % BLOCK)) % BLOCK;
    this.#open = true;
    if (type === 'x') {
      if (whole > PAX_MAX) throw new ArchiveFault('a header in it is too long');
      this.#pax = [];
      return;
    }
    this.#next = {};
    const extended = Object.keys(pax).length > 0;
    const entry = { name: pax.path ?? name, type, size: whole, link: pax.linkpath ?? link, device, extended };
    yield { kind: 'entry', entry };
    if (whole === 0) yield* this.#close();
  }

  *#close(): Generator<TarEvent> {
    this.#open = false;
    if (this.#pax === null) yield { kind: 'done' };
    else this.#next = readPax(Buffer.concat(this.#pax));
    this.#pax = null;
  }
}

function decodeHeader(block: Buffer): Omit<TarEntry, 'extended'> {
  const sum = octal(block, 148, 8);
  let counted = 0;
  for (const [at, byte] of block.entries()) counted += at >= 148 && at < 156 ? 32 : byte;
  if (sum !== counted) throw new ArchiveFault('a header in it is damaged');
  // Not as before POSIX, when a name told a file from a folder.
  const type = String.fromCharCode(block[156] ?? 0);
  if (!/^[0-6x]$/.test(type)) throw new ArchiveFault(`it holds something of an unknown kind (${type})`);
  const prefix = text(block, 345, 155);
  const name = text(block, 0, 100);
  const size = octal(block, 124, 12);
  const device = DEVICE.test(type) ? `${octal(block, 329, 8)}:${octal(block, 337, 8)}` : '';
  return {
    type,
    name: prefix === '' ? name : `${prefix}/${name}`,
    link: text(block, 157, 100),
    device,
    size,
  };
}

function text(block: Buffer, from: number, length: number): string {
  const field = block.subarray(from, from + length);
  const end = field.indexOf(0);
  return field.subarray(0, end === -1 ? length : end).toString('utf8');
}

function octal(block: Buffer, from: number, length: number): number {
  const digits = text(block, from, length).trim();
  if (!/^[0-7]+$/.test(digits)) throw new ArchiveFault('a header in it is damaged');
  return Number.parseInt(digits, 8);
}

/** Records `<length> <key>=<value>\n`, the length in bytes and over the whole record. */
function readPax(body: Buffer): Readonly<Record<string, string>> {
  const found: Record<string, string> = {};
  for (let from = 0; from < body.length; ) {
    const space = body.indexOf(32, from);
    const word = space === -1 ? '' : body.toString('latin1', from, space);
    const length = /^[1-9]\d{0,6}$/.test(word) ? Number(word) : 0;
    if (length < 5 || from + length > body.length || body[from + length - 1] !== 0x0a) {
      throw new ArchiveFault('a header in it is damaged');
    }
    const record = body.subarray(space + 1, from + length - 1).toString('utf8');
    const equals = record.indexOf('=');
    const key = record.slice(0, equals);
    if (DEVICE_RECORD.test(key)) throw new ArchiveFault('a record in it tells of a device');
    if (key === 'path' || key === 'linkpath' || key === 'size') found[key] = record.slice(equals + 1);
    from += length;
  }
  return found;
}
