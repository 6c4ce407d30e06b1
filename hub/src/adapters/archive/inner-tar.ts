import { ArchiveFault } from './archive-fault.ts';
import { TarParser } from './tar-parser.ts';

/** What a person's volume may hold: everything but devices. */
const KINDS = new Set(['0', '1', '2', '5', '6']);

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
      if (!KINDS.has(type)) throw new ArchiveFault(`${this.#of} holds a device: ${shown(name)}`);
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

function leadsOut(path: string): boolean {
  return path.startsWith('/') || path.split('/').includes('..');
}

function shown(path: string): string {
  return JSON.stringify(path.slice(0, 120));
}
