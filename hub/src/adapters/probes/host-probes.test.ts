import { chmodSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import {
  backupFinding,
  diskFinding,
  namesFinding,
  secretModesFinding,
  storeSizeFinding,
  timeZoneFinding,
  volumeFinding,
  writeFinding,
} from './host-probes.ts';

let folder: string;
const at = (name: string, text = 'x', mode = 0o600): string => {
  writeFileSync(join(folder, name), text, { mode });
  return join(folder, name);
};

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'berth-probes-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test('the disk: well, low, and too low to write the store', async () => {
  expect((await diskFinding(folder, 1, 1)).level).toBe('ok');
  expect((await diskFinding(folder, 2 ** 60, 1)).level).toBe('warn');
  expect(await diskFinding(folder, 2 ** 60, 2 ** 60)).toMatchObject({
    level: 'fail',
    next: expect.stringContaining('docker image prune'),
  });
});

test('a secret that others may read is a failure with its name and mode', async () => {
  const closed = at('cookie_secret');
  expect((await secretModesFinding([closed, join(folder, 'missing')])).level).toBe('ok');
  chmodSync(closed, 0o640);
  expect(await secretModesFinding([closed])).toMatchObject({
    level: 'fail',
    says: expect.stringContaining('cookie_secret (640)'),
  });
});

test('a directory that cannot be written to', async () => {
  expect((await writeFinding(folder)).level).toBe('ok');
  expect(await writeFinding(join(folder, 'gone'))).toMatchObject({
    level: 'fail',
    says: expect.stringMatching(/ENOENT/),
  });
  expect(await writeFinding('/proc')).toMatchObject({ level: 'fail' });
});

test('backups: none, old, of today', async () => {
  const now = Date.parse('2026-11-21T12:00:00Z');
  expect(await backupFinding(join(folder, 'none'), now)).toMatchObject({
    level: 'warn',
    says: expect.stringMatching(/No backup/),
  });
  expect(await backupFinding(at('mark', 'nonsense'), now)).toMatchObject({ level: 'warn' });
  expect(await backupFinding(at('mark', '2026-11-01T12:00:00Z\n'), now)).toMatchObject({
    level: 'warn',
    says: 'The last backup is 20 days old.',
  });
  expect((await backupFinding(at('mark', '2026-11-21T09:00:00Z\n'), now)).level).toBe('ok');
});

test('the store’s size and its last write', async () => {
  const path = at('berth.json', '{}');
  const now = Date.now();
  utimesSync(path, now / 1000, now / 1000 - 600);
  expect(await storeSizeFinding(path, now)).toMatchObject({
    level: 'ok',
    says: expect.stringMatching(/last written 10 min ago/),
  });
  expect((await storeSizeFinding(join(folder, 'none'), now)).level).toBe('warn');
});

test('names that no name server knows', async () => {
  expect((await namesFinding(['localhost', '127.0.0.1'])).level).toBe('ok');
  expect(await namesFinding(['localhost', 'nowhere.invalid'])).toMatchObject({
    level: 'fail',
    says: expect.stringContaining('nowhere.invalid (E'),
  });
});

test('a time zone that is none', () => {
  expect(timeZoneFinding('Europe/Berlin', -120)).toMatchObject({
    level: 'ok',
    says: 'Europe/Berlin (UTC+2).',
  });
  expect(timeZoneFinding('Etc/Unknown', 0)).toMatchObject({
    level: 'warn',
    next: expect.stringContaining('TZ'),
  });
});

test('data in a container’s own layer goes with it; on a mount, or outside of a container, it stays', async () => {
  const sign = at('sign');
  expect((await volumeFinding(folder, join(folder, 'no sign'))).level).toBe('ok');
  expect((await volumeFinding('/proc/self', sign)).level).toBe('ok');
  expect(await volumeFinding(folder, sign)).toMatchObject({
    level: 'fail',
    next: expect.stringContaining('Mount a volume'),
  });
});
