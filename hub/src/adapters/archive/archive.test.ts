import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  createWriteStream,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { checkArchive } from './check-archive.ts';
import { PART_BYTES } from './manifest.ts';
import { restoreBackup } from './restore-backup.ts';
import { writeBackup } from './write-backup.ts';

let folder: string;
let file: string;
const LONG = 'a name so long that a plain tar header has no room for it '.repeat(4).trim();

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'berth-archive-'));
  file = join(folder, 'backup.tar.gz');
  put('project/.env', 'A=1\n');
  put('project/userlist', 'ana admin\n');
  put('project/config.d/10-more.yaml', 'cull: {}\n');
  put('project/secrets/cookie_secret', 'abc');
  put('project/hub/src/main.ts', 'not ours to keep');
  put('data/audit.log', '{}\n');
  put('data/berth.json', 'the file is not asked, the hub is');
  put('volume/work/notes.txt', 'what was found');
  put(`volume/${LONG}`, 'long');
  put('volume/large.bin', 'x'.repeat(PART_BYTES + 7));
  chmodSync(join(folder, 'volume/work/notes.txt'), 0o640);
  symlinkSync('/etc/passwd', join(folder, 'volume/own-link'));
  await write();
});

afterEach(() => rmSync(folder, { recursive: true }));

function put(path: string, text: string): void {
  mkdirSync(join(folder, path, '..'), { recursive: true });
  writeFileSync(join(folder, path), text);
}

async function write(store = '{"schema":3,"users":[]}', volume = join(folder, 'volume')): Promise<void> {
  const plan = {
    project: join(folder, 'project'),
    data: join(folder, 'data'),
    store: (async function* () {
      yield Buffer.from(store);
    })(),
    volumes: [{ name: 'jupyterhub-user-ana', user: 'ana', folder: volume }],
    hub: '0.1.0',
    instance: 'berth',
    now: new Date('2026-11-21T12:00:00Z'),
  };
  await writeBackup(plan, createWriteStream(file));
}

/** Writes an archive of the same parts by the system's tar, after `change` has had its way with them. */
function forge(change: (parts: string) => void, order: readonly string[] = []): void {
  const parts = join(folder, 'parts');
  mkdirSync(parts);
  execFileSync('tar', ['-xzf', file, '-C', parts]);
  const names = execFileSync('tar', ['-tzf', file], { encoding: 'utf8' }).trim().split('\n');
  change(parts);
  const there = [...names, ...order].filter((name) =>
    readdirSync(join(parts, name, '..')).includes(name.split('/').at(-1) ?? ''),
  );
  execFileSync('tar', ['--format=ustar', '-czf', file, '-P', '-C', parts, ...there]);
}

async function restore(): Promise<string> {
  const to = join(folder, 'restored');
  for (const name of ['project', 'data', 'volume']) mkdirSync(join(to, name), { recursive: true });
  const owner = { uid: process.getuid?.() ?? 0, gid: process.getgid?.() ?? 0 };
  const places = {
    config: join(to, 'project'),
    data: join(to, 'data'),
    volume: () => join(to, 'volume'),
    owner,
  };
  await restoreBackup(file, places, 'then');
  return to;
}

test('everything comes back as it was: files, modes, links, long names, more than one part', async () => {
  const manifest = await checkArchive(file);
  expect(manifest).toMatchObject({
    schema: 3,
    volumes: [{ name: 'jupyterhub-user-ana', user: 'ana', remarks: [] }],
  });
  const to = await restore();
  const read = (path: string) => readFileSync(join(to, path), 'utf8');
  expect(read('project/.env')).toBe('A=1\n');
  expect(read('project/config.d/10-more.yaml')).toBe('cull: {}\n');
  expect(statSync(join(to, 'project/secrets/cookie_secret')).mode & 0o777).toBe(0o600);
  expect(readdirSync(join(to, 'project')).sort()).toEqual(['.env', 'config.d', 'secrets', 'userlist']);
  expect(read('data/berth.json')).toBe('{"schema":3,"users":[]}');
  expect(statSync(join(to, 'data/berth.json')).mode & 0o777).toBe(0o600);
  expect(read('data/audit.log')).toBe('{}\n');
  expect(read(`volume/${LONG}`)).toBe('long');
  expect(statSync(join(to, 'volume/work/notes.txt')).mode & 0o777).toBe(0o640);
  execFileSync('diff', ['-r', '--no-dereference', join(folder, 'volume'), join(to, 'volume')]);
});

test('what stood in the project’s folder is kept beside', async () => {
  put('restored/project/.env', 'B=2\n');
  const to = await restore();
  expect(readFileSync(join(to, 'project/.env.before-restore-then'), 'utf8')).toBe('B=2\n');
});

test('an archive can be read by tar alone', () => {
  forge(() => {});
  const parts = readdirSync(join(folder, 'parts/volumes/0')).sort();
  expect(parts).toEqual(['000000.part', '000001.part']);
  const whole = parts.map((name) => readFileSync(join(folder, 'parts/volumes/0', name)));
  const listed = execFileSync('tar', ['-t'], { input: Buffer.concat(whole), encoding: 'utf8' });
  expect(listed).toContain('./work/notes.txt');
});

test('a store that the hub did not give whole makes no archive', async () => {
  await expect(write('{"schema":3,"users":[')).rejects.toThrow(/did not give its store whole/);
  await expect(write('')).rejects.toThrow(/did not give its store whole/);
});

test('what an overlay left in a volume for a name that is gone comes back; anybody may make it', async () => {
  // In memory: an overlay, as the rest may lie on, takes none.
  const home = mkdtempSync('/dev/shm/berth-archive-');
  try {
    execFileSync('mknod', [join(home, 'gone'), 'c', '0', '0']);
    await write(undefined, home);
    await checkArchive(file);
    rmSync(join(home, 'gone'));
    const owner = { uid: process.getuid?.() ?? 0, gid: process.getgid?.() ?? 0 };
    await restoreBackup(file, { config: null, data: null, volume: () => home, owner }, 'then');
    const back = lstatSync(join(home, 'gone'));
    expect([back.isCharacterDevice(), back.rdev]).toEqual([true, 0]);
  } finally {
    rmSync(home, { recursive: true });
  }
});

test('a device in a volume is known when the backup is made, by the volume’s name and its own', async () => {
  await expect(write(undefined, '/dev')).rejects.toThrow(
    /^the volume jupyterhub-user-ana holds a device: "\.\/.+"$/,
  );
});

const part = 'volumes/0/000000.part';

test.each<[string, RegExp, (parts: string) => void, string[]?]>([
  ['a byte that changed', /checksum differs/, (parts) => writeFileSync(join(parts, 'config/.env'), 'A=2\n')],
  [
    'a file that is missing',
    /config\/userlist is missing/,
    (parts) => rmSync(join(parts, 'config/userlist')),
  ],
  ['a part that is missing', /is missing|out of order/, (parts) => rmSync(join(parts, part))],
  ['the manifest that is missing', /no manifest/, (parts) => rmSync(join(parts, 'manifest.json'))],
  [
    'a manifest that is none',
    /manifest is damaged/,
    (parts) => writeFileSync(join(parts, 'manifest.json'), '{"format":1}'),
  ],
  ['a newer format', /newer Berth/, (parts) => writeFileSync(join(parts, 'manifest.json'), '{"format":2}')],
  [
    'a symbolic link in a file’s place',
    /no plain file/,
    (parts) => {
      rmSync(join(parts, 'config/.env'));
      symlinkSync('/etc/shadow', join(parts, 'config/.env'));
    },
  ],
  [
    'a path that leads out',
    /does not belong there: "\.\.\/outside"/,
    (parts) => writeFileSync(join(parts, '../outside'), 'x'),
    ['../outside'],
  ],
  [
    'a file of another kind',
    /does not belong there/,
    (parts) => writeFileSync(join(parts, 'config/Makefile'), 'x'),
    ['config/Makefile'],
  ],
  [
    'one that stands behind the manifest',
    /behind its manifest/,
    (parts) => writeFileSync(join(parts, 'config/config.yaml'), 'x'),
    ['config/config.yaml'],
  ],
])('%s is found before anything is written', async (_, words, change, order = []) => {
  forge(change, order);
  await expect(checkArchive(file)).rejects.toThrow(words);
});

test.each<[string, RegExp, (bytes: Buffer) => Buffer]>([
  ['cut off', /damaged|part of it is missing/, (bytes) => bytes.subarray(0, bytes.length - 200)],
  [
    'cut off and closed well',
    /part of it is missing/,
    (bytes) => gzipSync(gunzipSync(bytes).subarray(0, -4096)),
  ],
  [
    'scribbled over',
    /damaged|checksum|unknown kind/,
    (bytes) => Buffer.concat([bytes.subarray(0, 400), Buffer.alloc(64, 7), bytes.subarray(464)]),
  ],
  ['another file altogether', /damaged, or no archive/, () => Buffer.from('hello')],
  ['empty', /damaged|part of it is missing/, () => Buffer.alloc(0)],
])('an archive that is %s is refused', async (_, words, change) => {
  writeFileSync(file, change(readFileSync(file)));
  await expect(checkArchive(file)).rejects.toThrow(words);
});

test.each([
  ['a path that leads out', ['--transform=s,^\\./work/notes.txt,../../notes.txt,'], /leads out/],
  ['an absolute path', ['--transform=s,^\\./work/notes.txt,/etc/cron.d/x,'], /leads out/],
])('in a volume, %s is found before anything is unpacked', async (_, words, message) => {
  const inner = execFileSync('tar', [
    '-P',
    '--format=posix',
    ...words,
    '-C',
    join(folder, 'volume'),
    '-cf',
    '-',
    './work',
  ]);
  rmSync(file);
  const { createGzip } = await import('node:zlib');
  const { ArchiveWriter } = await import('./archive-writer.ts');
  const gzip = createGzip();
  const done = new Promise<void>((finished) => gzip.pipe(createWriteStream(file)).on('finish', finished));
  const archive = new ArchiveWriter(gzip, 0);
  await archive.stream('store', [Buffer.from('{"schema":3}')]);
  await archive.stream('data', [execFileSync('tar', ['-C', join(folder, 'data'), '-cf', '-', '.'])]);
  await archive.stream('volumes/0', [inner]);
  const about = {
    format: 1 as const,
    hub: '0',
    schema: 3,
    instance: 'berth',
    made: '2026-11-21T12:00:00Z',
    dataRemarks: [],
  };
  await archive.end({ ...about, volumes: [{ name: 'v', user: null, remarks: [] }] });
  await done;
  await expect(checkArchive(file)).rejects.toThrow(message);
});
