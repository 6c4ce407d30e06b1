import { chmod, chown, mkdir, open, rename, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { configPathOf, partOf } from './manifest.ts';
import { FolderUnpacker } from './pack-folder.ts';
import { readArchive } from './read-archive.ts';

/** Where the parts of an archive go; null: not now. */
export interface RestorePlaces {
  readonly config: string | null;
  readonly data: string | null;
  /** Folder of volume `n`, as it is mounted here, or null. */
  readonly volume: (index: number) => string | null;
  /** Whose the store becomes. */
  readonly owner: { readonly uid: number; readonly gid: number };
}

/** Puts what a checked archive holds into its places. Files of the configuration that were there are kept beside. */
export async function restoreBackup(path: string, places: RestorePlaces, suffix: string): Promise<void> {
  let sink: Sink | null = null;
  let stream = '';
  const finish = async (): Promise<void> => {
    const done = sink;
    sink = null;
    stream = '';
    await done?.finish();
  };
  for await (const piece of readArchive(path)) {
    if (piece.kind === 'data') await sink?.feed(piece.bytes);
    if (piece.kind !== 'entry') continue;
    const part = partOf(piece.name);
    if (part !== null && part.stream === stream && part.number > 0) continue;
    await finish();
    stream = part?.stream ?? '';
    sink = await sinkFor(piece.name, places, suffix);
  }
  await finish();
}

interface Sink {
  feed(bytes: Buffer): Promise<void>;
  finish(): Promise<void>;
}

async function sinkFor(name: string, places: RestorePlaces, suffix: string): Promise<Sink | null> {
  const part = partOf(name);
  if (part === null) {
    const path = configPathOf(name);
    return path === null || places.config === null ? null : configSink(places.config, path, suffix);
  }
  if (part.stream === 'store') {
    return places.data === null
      ? null
      : await storeSink(join(places.data, 'berth.json'), places.owner, suffix);
  }
  const folder = part.stream === 'data' ? places.data : places.volume(Number(part.stream.split('/')[1]));
  return folder === null ? null : new FolderUnpacker(folder);
}

/** A file of the project's folder becomes that folder's owner's; `make` gives secrets to whom it runs as. */
function configSink(project: string, path: string, suffix: string): Sink {
  const held: Buffer[] = [];
  const target = join(project, path);
  return {
    async feed(bytes) {
      held.push(Buffer.from(bytes));
    },
    async finish() {
      const { uid, gid } = await stat(project);
      await mkdir(dirname(target), { recursive: true, mode: 0o755 });
      if (dirname(path) !== '.') await chown(dirname(target), uid, gid);
      const fresh = `${target}.new`;
      await writeFile(fresh, Buffer.concat(held), { mode: 0o600 });
      // The hub reads it as another user, and it is no secret.
      await chmod(fresh, path === 'userlist' ? 0o644 : 0o600);
      await chown(fresh, uid, gid);
      await keepBeside(target, suffix);
      await rename(fresh, target);
    },
  };
}

async function storeSink(target: string, owner: { uid: number; gid: number }, suffix: string): Promise<Sink> {
  const fresh = `${target}.new`;
  const file = await open(fresh, 'w', 0o600);
  return {
    async feed(bytes) {
      await file.writeFile(bytes);
    },
    async finish() {
      await file.sync();
      await file.chown(owner.uid, owner.gid);
      await file.close();
      await keepBeside(target, suffix);
      await rename(fresh, target);
    },
  };
}

async function keepBeside(path: string, suffix: string): Promise<void> {
  await rename(path, `${path}.before-restore-${suffix}`).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error;
  });
}
