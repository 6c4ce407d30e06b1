import { ArchiveFault } from './archive-fault.ts';
import { type TarEntry, TarParser } from './tar-parser.ts';

/** What a person's volume may hold: everything but devices, and the one that opens nothing. */
const KINDS = new Set(['0', '1', '2', '5', '6']);

/**
 * How overlay file systems note that a name is gone: a character device 0:0. Since Linux 5.8 everybody may make one
 * (vfs_mknod asks for no capability then), so a container's store in somebody's home may hold them. It leads to no
 * driver, and unpacking one takes no right either.
 */
const isWhiteout = ({ type, device }: TarEntry): boolean => type === '3' && device === '0:0';

/**
 * Looks through the tar of a volume without unpacking it: no name and no hard link leads out of the volume.
 * Symbolic links are people's own, and are unpacked as links.
 */
export class InnerTar {
  readonly #parser = new TarParser();
  readonly #of: string;

  constructor(of: string) {
    this.#of = of;
  }

  /** @throws ArchiveFault */
  feed(bytes: Buffer): void {
    for (const event of this.#parser.feed(bytes)) {
      if (event.kind !== 'entry') continue;
      const { name, type, link } = event.entry;
      if (!KINDS.has(type) && !isWhiteout(event.entry))
        throw new ArchiveFault(`${this.#of} holds a device: ${shown(name)}`);
      if (leadsOut(name))
        throw new ArchiveFault(`${this.#of} holds a path that leads out of it: ${shown(name)}`);
      if (type === '1' && leadsOut(link)) {
        throw new ArchiveFault(`${this.#of} holds a link that leads out of it: ${shown(link)}`);
      }
    }
  }

  /** @throws ArchiveFault when it is not whole. */
  finish(): void {
    this.#parser.finish();
  }
}

/**
 * The same pieces, looked at as they pass: what no restore would take is known when the backup is made.
 *
 * @throws ArchiveFault
 */
export async function* lookedThrough(pieces: AsyncIterable<Buffer>, of: string): AsyncGenerator<Buffer> {
  const tar = new InnerTar(of);
  for await (const piece of pieces) {
    tar.feed(piece);
    yield piece;
  }
  tar.finish();
}

function leadsOut(path: string): boolean {
  return path.startsWith('/') || path.split('/').includes('..');
}

function shown(path: string): string {
  return JSON.stringify(path.slice(0, 120));
}
