import { ArchiveFault } from './archive-fault.ts';
import { InnerTar } from './inner-tar.ts';
import { MANIFEST_NAME, type Manifest, type ManifestEntry, manifestSchema, partOf } from './manifest.ts';
import { readArchive } from './read-archive.ts';

/**
 * Reads the whole archive and answers its manifest: every entry that it names is there, with its size and checksum,
 * and nothing else; the tars of volumes in it are whole and stay within their volumes.
 *
 * @throws ArchiveFault with the first fault.
 */
export async function checkArchive(path: string): Promise<Manifest> {
  const found: ManifestEntry[] = [];
  const words: Buffer[] = [];
  const inside = new Insides();
  let manifest: Manifest | null = null;
  for await (const piece of readArchive(path)) {
    if (manifest !== null) throw new ArchiveFault('something stands behind its manifest');
    if (piece.kind === 'data') {
      if (piece.name === MANIFEST_NAME) words.push(piece.bytes);
      else inside.feed(piece.name, piece.bytes);
    } else if (piece.kind === 'done') {
      if (piece.entry.name === MANIFEST_NAME) manifest = parseManifest(Buffer.concat(words));
      else found.push(piece.entry);
    } else inside.enter(piece.name);
  }
  if (manifest === null) throw new ArchiveFault('it has no manifest: its making was broken off');
  compare(manifest.entries, found);
  inside.finish(manifest);
  return manifest;
}

/** The tars in the archive, one after the other. */
class Insides {
  readonly #seen = new Set<string>();
  #stream = '';
  #number = 0;
  #tar: InnerTar | null = null;

  enter(name: string): void {
    const part = partOf(name);
    if (part?.stream === this.#stream && part.number === this.#number + 1) {
      this.#number += 1;
      return;
    }
    this.#tar?.finish();
    this.#tar = null;
    if (part === null) {
      this.#stream = '';
      return;
    }
    if (part.number !== 0 || this.#seen.has(part.stream)) throw new ArchiveFault(`${name} is out of order`);
    this.#seen.add(part.stream);
    this.#stream = part.stream;
    this.#number = 0;
    this.#tar = part.stream === 'store' ? null : new InnerTar(part.stream);
  }

  feed(_name: string, bytes: Buffer): void {
    this.#tar?.feed(bytes);
  }

  finish({ volumes }: Manifest): void {
    this.#tar?.finish();
    const wanted = ['store', 'data', ...volumes.map((_, index) => `volumes/${index}`)];
    const missing = wanted.find((stream) => !this.#seen.has(stream));
    if (missing !== undefined) throw new ArchiveFault(`${missing} is missing`);
    if (this.#seen.size > wanted.length)
      throw new ArchiveFault('it holds a volume that its manifest does not name');
  }
}

function parseManifest(text: Buffer): Manifest {
  let told: unknown;
  try {
    told = JSON.parse(text.toString('utf8'));
  } catch (error) {
    throw new ArchiveFault('its manifest is damaged', { cause: error });
  }
  const format = (told as { format?: unknown } | null)?.format;
  if (typeof format === 'number' && format > 1)
    throw new ArchiveFault(`a newer Berth made it (format ${format})`);
  const checked = manifestSchema.safeParse(told);
  if (checked.success) return checked.data;
  throw new ArchiveFault(`its manifest is damaged: ${checked.error.issues[0]?.path.join('.') || 'manifest'}`);
}

function compare(told: readonly ManifestEntry[], found: readonly ManifestEntry[]): void {
  for (const [index, entry] of told.entries()) {
    const there = found[index];
    if (there === undefined || there.name !== entry.name) throw new ArchiveFault(`${entry.name} is missing`);
    if (there.size !== entry.size || there.sha256 !== entry.sha256) {
      throw new ArchiveFault(`${entry.name} is not what was put in: its checksum differs`);
    }
  }
  const more = found[told.length];
  if (more !== undefined) throw new ArchiveFault(`${more.name} is not in its manifest`);
}
