const BLOCK = 512;

export interface Member {
  readonly name?: string;
  /** As POSIX writes it; empty as tar wrote files before POSIX. */
  readonly type: string;
  readonly content?: string;
  /** What its header says; told nothing, as long as its content is. */
  readonly size?: number;
  /** Of a device, in octal digits; told none, /dev/null's. */
  readonly device?: readonly [major: string, minor: string];
}

/** One member of a tar, header and content, as no library would write it where it is told to be odd. */
export function tarMember({
  name = 'x',
  type,
  content = '',
  size = content.length,
  device: [major, minor] = ['1', '3'],
}: Member): Buffer {
  const head = Buffer.alloc(BLOCK);
  head.write(name, 0, 'latin1');
  head.write('0000644\x000000000\x000000000\0', 100, 'latin1');
  head.write(`${size.toString(8).padStart(11, '0')}\x0000000000000\0        ${type}`, 124, 'latin1');
  head.write('ustar\x0000', 257, 'latin1');
  if (/[34]/.test(type)) head.write(`${major.padStart(7, '0')}\0${minor.padStart(7, '0')}\0`, 329, 'latin1');
  const sum = head.reduce((total, byte) => total + byte, 0);
  head.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 'latin1');
  const bytes = Buffer.from(content, 'latin1');
  return Buffer.concat([head, bytes, Buffer.alloc((BLOCK - (bytes.length % BLOCK)) % BLOCK)]);
}

/** A line of a pax record, which begins with its own length. */
export function paxLine(key: string, value: string): string {
  const rest = ` ${key}=${value}\n`;
  const digits = [1, 2, 3, 4, 5].find((count) => `${count + rest.length}`.length === count) ?? 1;
  return `${digits + rest.length}${rest}`;
}

export const tarEnd = Buffer.alloc(2 * BLOCK);
