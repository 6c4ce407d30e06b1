import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { ArchiveFault } from './archive-fault.ts';
import { ArchiveWriter } from './archive-writer.ts';
import { lookedThrough } from './inner-tar.ts';
import { ARCHIVE_FORMAT, FILE_BYTES, isConfigPath, type ManifestVolume } from './manifest.ts';
import { packFolder } from './pack-folder.ts';

export interface BackupPlan {
  /** The project's folder. */
  readonly project: string;
  /** The hub's data volume, as it is mounted here. */
  readonly data: string;
  /** The store as the hub gives it. */
  readonly store: AsyncIterable<Buffer>;
  readonly volumes: readonly {
    readonly name: string;
    readonly user: string | null;
    readonly folder: string;
  }[];
  readonly hub: string;
  readonly instance: string;
  readonly now: Date;
}

/** The store comes from the hub; locks and half-written files are nobody's. */
const NOT_DATA = ['berth.json', 'berth.json.lock', '*.new', '*.sock', 'lost+found'];

/**
 * Writes the archive (a tar under gzip) as it reads; nothing is kept on the way but one part.
 *
 * @throws ArchiveFault when the store is not whole, or a volume holds what no restore would take; Error when something
 * cannot be read.
 */
export async function writeBackup(plan: BackupPlan, out: Writable): Promise<{ readonly bytes: number }> {
  // Level 1: notebooks and archives of people's are packed already, and the hub's processor is shared.
  const gzip = createGzip({ level: 1 });
  const written = pipeline(gzip, out);
  // What goes wrong on the way out must not wait for somebody who still fills.
  const broken = written.then(() => new Promise<never>(() => {}));
  const archive = new ArchiveWriter(gzip, Math.floor(plan.now.getTime() / 1000));
  const filled = await Promise.race([fill(plan, archive), broken]);
  await written;
  return filled;
}

async function fill(plan: BackupPlan, archive: ArchiveWriter): Promise<{ readonly bytes: number }> {
  let bytes = 0;
  for (const path of await configFiles(plan.project)) {
    const content = await readFile(join(plan.project, path));
    bytes += content.length;
    await archive.file(`config/${path}`, content);
  }
  const store = new StoreWatch();
  bytes += await archive.stream('store', store.through(plan.store));
  const data = packFolder(plan.data, NOT_DATA);
  bytes += await archive.stream('data', lookedThrough(data.pieces, 'the hub’s data volume'));
  const volumes: ManifestVolume[] = [];
  for (const [index, { name, user, folder }] of plan.volumes.entries()) {
    const packed = packFolder(folder);
    const looked = lookedThrough(packed.pieces, `the volume ${name}`);
    bytes += await archive.stream(`volumes/${index}`, looked);
    volumes.push({ name, user, remarks: [...packed.remarks] });
  }
  const { hub, instance } = plan;
  await archive.end({
    format: ARCHIVE_FORMAT,
    hub,
    schema: store.schema,
    instance,
    made: plan.now.toISOString(),
    dataRemarks: [...data.remarks],
    volumes,
  });
  return { bytes };
}

/** Those of the project's folder that are this appliance's own, in order. */
async function configFiles(project: string): Promise<readonly string[]> {
  const folders = ['', 'config.d', 'secrets'];
  const found = await Promise.all(
    folders.map(async (folder) => {
      const names = await readdir(join(project, folder)).catch((error: NodeJS.ErrnoException) => {
        if (error.code === 'ENOENT') return [];
        throw error;
      });
      return names.map((name) => join(folder, name));
    }),
  );
  const files: string[] = [];
  for (const path of found.flat().sort()) {
    if (!isConfigPath(path)) continue;
    const about = await stat(join(project, path));
    if (!about.isFile()) continue;
    if (about.size > FILE_BYTES)
      throw new ArchiveFault(`${path} is too large for a file of the configuration`);
    files.push(path);
  }
  return files;
}

/** Sees to it that what passes is a whole document, and reads its schema off the beginning. */
class StoreWatch {
  schema = 0;
  #end = '';

  async *through(pieces: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
    let begin = '';
    for await (const piece of pieces) {
      if (begin.length < 200) begin += piece.subarray(0, 200).toString('latin1');
      this.#end = (this.#end + piece.subarray(-16).toString('latin1')).slice(-16);
      yield piece;
    }
    this.schema = Number(/^\s*\{\s*"schema"\s*:\s*(\d+)/.exec(begin)?.[1] ?? 0);
    if (this.schema === 0 || !this.#end.trimEnd().endsWith('}')) {
      throw new ArchiveFault('the hub did not give its store whole');
    }
  }
}
