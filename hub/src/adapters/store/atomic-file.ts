import { constants, type FileHandle, mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';

/**
 * Writes a file so that whoever opens it afterwards, also after `kill -9` or a power cut, finds either the
 * whole old content or the whole new one: a new file beside it, fsync, rename, fsync of the directory.
 * Content in pieces is asked for piece by piece, each when the one before has been handed to the system.
 *
 * @throws NodeJS.ErrnoException ENOSPC, EACCES …; the old file is then untouched and no new one is left.
 */
export async function writeAtomically(
  path: string,
  content: string | Iterable<string>,
  mode = 0o600,
): Promise<void> {
  const fresh = `${path}.new`;
  try {
    await withFile(fresh, constants.O_CREAT | constants.O_TRUNC | constants.O_WRONLY, mode, async (file) => {
      await file.writeFile(content, 'utf8');
      await file.sync();
    });
    await rename(fresh, path);
  } catch (error) {
    await rm(fresh, { force: true });
    throw error;
  }
  await withFile(dirname(path), constants.O_RDONLY, 0, (directory) => directory.sync());
}

/** The file's text, or null when there is none. */
export async function readIfThere(path: string): Promise<string | null> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

/** Makes the directory for `path`, closed to others. */
export async function makeRoomFor(path: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
}

async function withFile(
  path: string,
  flags: number,
  mode: number,
  use: (file: FileHandle) => Promise<unknown>,
) {
  const file = await open(path, flags, mode);
  try {
    await use(file);
  } finally {
    await file.close();
  }
}
