import { lookup } from 'node:dns/promises';
import { open, readFile, rename, rm, stat, statfs } from 'node:fs/promises';
import { isIP } from 'node:net';
import { join } from 'node:path';
import { type Finding, fail, fine, warn } from '../../domain/probe.ts';

const MB = 1024 * 1024;
const GB = 1024 * MB;
/** Less, and the next image or notebook fills the disk. */
const DISK_LOW = 5 * GB;
const DISK_LOWEST = 500 * MB;

/** Room and inodes where a path lies. */
export async function diskFinding(path: string, low = DISK_LOW, lowest = DISK_LOWEST): Promise<Finding> {
  const { bsize, blocks, bavail, files, ffree } = await statfs(path);
  const free = bavail * bsize;
  const says = `${megabytes(free)} of ${megabytes(blocks * bsize)} are free where ${path} lies`;
  const next = 'Make room: docker system df shows what takes it, docker image prune removes unused images.';
  if (free < lowest) return fail(`${says}: the store may not be written any more.`, next);
  if (files > 0 && ffree / files < 0.01) return fail(`${path} has no room for more files (inodes).`, next);
  return free < low ? warn(`${says}.`, next) : fine(`${says}.`);
}

/** Files that hold secrets: nobody but their owner may read them. */
export async function secretModesFinding(paths: readonly string[]): Promise<Finding> {
  const open: string[] = [];
  let looked = 0;
  for (const path of paths) {
    const about = await stat(path).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT' || error.code === 'EACCES') return null;
      throw error;
    });
    if (about === null) continue;
    looked += 1;
    if ((about.mode & 0o077) !== 0) open.push(`${path} (${(about.mode & 0o777).toString(8)})`);
  }
  if (open.length === 0) return fine(`${looked} files, readable by their owner only.`);
  return fail(
    `Others may read ${open.join(', ')}.`,
    'chmod 600 them, and make new ones if others have an account here.',
  );
}

/** Writes a file as the store is written, and takes it away again. */
export async function writeFinding(directory: string): Promise<Finding> {
  const path = join(directory, '.doctor');
  const begun = performance.now();
  try {
    const file = await open(`${path}.new`, 'w', 0o600);
    await file.writeFile('looked\n');
    await file.sync();
    await file.close();
    await rename(`${path}.new`, path);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? String(error);
    return fail(
      `${directory} cannot be written to (${code}).`,
      'Make room on the data volume, or give it to the hub: make up does.',
    );
  } finally {
    await rm(path, { force: true }).catch(() => {});
  }
  const ms = performance.now() - begun;
  const says = `A file was written and brought to the disk in ${ms.toFixed(0)} ms.`;
  return ms > 2000 ? warn(says, 'The disk is slow: see what else uses it.') : fine(says);
}

const STORE_LARGE = 200 * MB;

export async function storeSizeFinding(path: string, now: number): Promise<Finding> {
  const about = await stat(path).catch(() => null);
  if (about === null) return warn('Nothing has been written yet.', '');
  const minutes = Math.max(0, Math.round((now - about.mtimeMs) / 60_000));
  const says = `${megabytes(about.size)}, last written ${minutes} min ago.`;
  return about.size > STORE_LARGE
    ? warn(says, 'That is large for one document: remove people who are gone.')
    : fine(says);
}

/** In a container (which the engine gives a `sign`) the data must lie on a mount of its own, or it goes with the container. */
export async function volumeFinding(directory: string, sign = '/.dockerenv'): Promise<Finding> {
  const mounts = await readFile('/proc/self/mountinfo', 'utf8');
  const points = mounts.split('\n').map((line) => line.split(' ')[4] ?? '');
  const holds = points.some(
    (point) => point !== '/' && point !== '' && `${directory}/`.startsWith(`${point}/`),
  );
  const contained = await stat(sign).then(
    () => true,
    () => false,
  );
  if (holds || !contained) return fine(`${directory} outlives the hub’s container.`);
  return fail(
    `${directory} lies inside the hub’s container and goes with it.`,
    'Mount a volume there, as compose.yaml does.',
  );
}

const BACKUP_OLD_DAYS = 7;

/** `path`: what `berth backup` leaves when it is done. */
export async function backupFinding(path: string, now: number): Promise<Finding> {
  const next = 'Run ./berth backup, by cron for instance: docs/how-to/back-up-and-restore.md';
  const text = await readFile(path, 'utf8').catch(() => null);
  const at = text === null ? Number.NaN : Date.parse(text.trim());
  if (Number.isNaN(at)) return warn('No backup has been made.', next);
  const days = Math.floor((now - at) / 86_400_000);
  const says = days === 0 ? 'The last backup was made within a day.' : `The last backup is ${days} days old.`;
  return days > BACKUP_OLD_DAYS ? warn(says, next) : fine(says);
}

/** Names of hosts that the hub has to find. */
export async function namesFinding(hosts: readonly string[]): Promise<Finding> {
  const wanted = [...new Set(hosts)].filter((host) => isIP(host) === 0);
  if (wanted.length === 0) return fine('No provider’s name has to be found.');
  const missing: string[] = [];
  await Promise.all(
    wanted.map(async (host) => {
      const found = await lookup(host).catch((error: NodeJS.ErrnoException) => error.code ?? String(error));
      if (typeof found === 'string') missing.push(`${host} (${found})`);
    }),
  );
  if (missing.length === 0) return fine(`Found: ${wanted.join(', ')}.`);
  return fail(
    `Not found: ${missing.join(', ')}.`,
    'See the name servers of this machine (/etc/resolv.conf) and of the engine (daemon.json, dns).',
  );
}

export function timeZoneFinding(zone: string | undefined, offsetMinutes: number): Finding {
  if (zone === undefined || zone === '' || zone === 'Etc/Unknown') {
    return warn(
      'The time zone is not one that is known; times are taken for UTC.',
      'Set TZ in .env to a name such as Europe/Berlin.',
    );
  }
  const hours = -offsetMinutes / 60;
  return fine(`${zone} (UTC${hours < 0 ? '−' : '+'}${Math.abs(hours)}).`);
}

export function megabytes(bytes: number): string {
  return bytes >= 10 * GB ? `${(bytes / GB).toFixed(0)} GB` : `${(bytes / MB).toFixed(1)} MB`;
}
