import { readdir, readFile, rm, rmdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const CGROUPS = '/sys/fs/cgroup';
/** Of an engine: itself, what runs its containers, and what holds each of them. */
const PROGRAMS = /^(dockerd|containerd|containerd-shim.*)$/;

/**
 * Ends everything of a machine of the lab at once, as when its power goes: the engine's processes, which carry its folder
 * in their command lines, and its containers, which are in its control group. By number, one by one.
 *
 * @throws Error when something lives on after ten seconds.
 */
export async function endMachine(folder: string, cgroup: string): Promise<void> {
  for (let round = 0; round < 100; round += 1) {
    const found = [...(await ofEngine(folder)), ...(await inCgroup(cgroup))];
    if (found.length === 0) return removeCgroup(cgroup);
    for (const pid of found) end(pid);
    await sleep(100);
  }
  throw new Error(`processes of ${cgroup} do not end`);
}

/** One that ended by itself meanwhile is no error. */
function end(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
  }
}

async function ofEngine(folder: string): Promise<readonly number[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const lines = await Promise.all(
    pids.map((pid) => readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')),
  );
  return pids
    .filter((_, at) => {
      const words = lines[at]?.split('\0') ?? [];
      return PROGRAMS.test(basename(words[0] ?? '')) && words.some((word) => word.includes(`${folder}/`));
    })
    .map(Number);
}

/** Version 1 has a folder for each kind below the root, version 2 one in the root. */
async function cgroupRoots(name: string): Promise<readonly string[]> {
  const kinds = (await readdir(CGROUPS, { withFileTypes: true })).filter((kind) => kind.isDirectory());
  return ['.', ...kinds.map((kind) => kind.name)].map((kind) => join(CGROUPS, kind, name));
}

async function cgroupFolders(root: string): Promise<readonly string[]> {
  const below = await readdir(root, { withFileTypes: true }).catch(() => null);
  if (below === null) return [];
  const folders = below.filter((entry) => entry.isDirectory()).map((entry) => join(root, entry.name));
  return [root, ...(await Promise.all(folders.map(cgroupFolders))).flat()];
}

async function inCgroup(name: string): Promise<readonly number[]> {
  const folders = (await Promise.all((await cgroupRoots(name)).map(cgroupFolders))).flat();
  const lists = await Promise.all(
    folders.map((folder) => readFile(join(folder, 'cgroup.procs'), 'utf8').catch(() => '')),
  );
  return [...new Set(lists.flatMap((list) => list.split('\n').map(Number)))].filter((pid) => pid > 0);
}

/** The kernel lets go of an ended process a moment later, and of a folder with others in it never. */
async function removeCgroup(name: string): Promise<void> {
  for (let round = 0; round < 50; round += 1) {
    const folders = (await Promise.all((await cgroupRoots(name)).map(cgroupFolders))).flat();
    if (folders.length === 0) return;
    for (const folder of folders.reverse()) await rmdir(folder).catch(() => undefined);
    await sleep(100);
  }
  throw new Error(`the control group ${name} cannot be removed`);
}

/** Removes a folder in which something may still be written for a moment. */
export const removeFolder = (folder: string): Promise<void> =>
  rm(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 250 });
