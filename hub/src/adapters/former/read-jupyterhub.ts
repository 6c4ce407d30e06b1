import { copyFile, mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type FormerReading, readTables } from './read-tables.ts';

/** A lab's database has a few. */
const BYTES_MAX = 512 * 2 ** 20;

/**
 * Reads a `jupyterhub.sqlite`, of JupyterHub 0.9 to 5. A copy is read: opening a database that was left in the middle
 * of a write changes it, and nothing here shall.
 *
 * @param now milliseconds since the epoch: tokens that have expired are counted and left.
 */
export async function readJupyterHub(path: string, now: number): Promise<FormerReading> {
  const found = await stat(path).catch((error: NodeJS.ErrnoException) => error.code ?? 'unknown');
  if (typeof found === 'string') return { fault: REASONS[found] ?? `cannot be read (${found})` };
  if (!found.isFile()) return { fault: 'is no file' };
  if (found.size > BYTES_MAX) return { fault: 'is larger than 512 MB, which no JupyterHub’s database is' };
  const folder = await mkdtemp(join(tmpdir(), 'berth-import-'));
  try {
    const copy = join(folder, 'hub.sqlite');
    await copyFile(path, copy);
    for (const beside of ['-wal', '-journal']) {
      // Most have none; one that cannot be read makes the check below fail.
      await copyFile(`${path}${beside}`, `${copy}${beside}`).catch(() => {});
    }
    return await readCopy(copy, now);
  } catch (error) {
    return { fault: `cannot be read: ${error instanceof Error ? error.message : String(error)}` };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'is not there',
  EACCES: 'may not be read by this user',
};

async function readCopy(path: string, now: number): Promise<FormerReading> {
  // Loaded here only: no other command needs a database.
  const { DatabaseSync } = await import('node:sqlite');
  const database = new DatabaseSync(path);
  try {
    const state = database.prepare('PRAGMA quick_check(1)').get();
    if (state === undefined || Object.values(state)[0] !== 'ok') return { fault: 'is damaged' };
    return readTables(
      {
        rows: (sql) => database.prepare(sql).all(),
        columns: (table) =>
          database
            .prepare('SELECT name FROM pragma_table_info(?)')
            .all(table)
            .map(({ name }) => String(name)),
      },
      now,
    );
  } finally {
    database.close();
  }
}
