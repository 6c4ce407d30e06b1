import { readFile } from 'node:fs/promises';
import { upgradeDocument } from './migrate.ts';
import { SCHEMA_VERSION } from './schema.ts';

export interface MigrationTrial {
  /** Of the document on the disk, and of this hub. */
  readonly from: number;
  readonly to: number;
  readonly users: number;
  readonly servers: number;
}

/**
 * What opening a store would do to it, tried in memory: the file is only read, also while a hub uses it.
 *
 * @throws Error as opening it would; NodeJS.ErrnoException ENOENT when there is none.
 */
export async function tryMigration(path: string): Promise<MigrationTrial> {
  const { from, document } = upgradeDocument(await readFile(path, 'utf8'), path);
  return { from, to: SCHEMA_VERSION, users: document.users.length, servers: document.servers.length };
}

/** The volumes that a store knows of, each with whose it is; the latest word of a volume counts. */
export async function volumesOf(path: string): Promise<ReadonlyMap<string, string>> {
  const { document } = upgradeDocument(await readFile(path, 'utf8'), path);
  const found = new Map<string, string>();
  for (const { user, volumes } of document.departures) for (const name of volumes) found.set(name, user);
  for (const { user, volumeName } of document.servers) if (volumeName !== null) found.set(volumeName, user);
  return found;
}
