import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { TarGate, throughGate } from './tar-gate.ts';
import { folderArchive } from './tar-headers.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'berth-tar-'));
  mkdirSync(join(folder, 'deep'), { mode: 0o755 });
  writeFileSync(join(folder, 'deep', `${'long-name-'.repeat(20)}.txt`), 'x'.repeat(3000));
});
afterAll(() => rmSync(folder, { recursive: true }));

const tar = (...words: string[]): Buffer =>
  execFileSync('tar', [...words], { cwd: folder, maxBuffer: 2 ** 26 });

async function pass(bytes: Buffer, piece = 700): Promise<{ gate: TarGate; out: Buffer }> {
  const gate = new TarGate();
  const pieces = (async function* () {
    for (let at = 0; at < bytes.length; at += piece) yield bytes.subarray(at, at + piece);
  })();
  const out: Uint8Array[] = [];
  for await (const one of throughGate(pieces, gate)) out.push(one);
  return { gate, out: Buffer.concat(out) };
}

test.each(['gnu', 'pax', 'ustar'])(
  'an archive in %s format passes as it is, whatever its pieces',
  async (format) => {
    // Names of that length are more than ustar can hold.
    const bytes = tar('c', `--format=${format}`, ...(format === 'ustar' ? ['--exclude=*.txt'] : []), '.');
    for (const piece of [1, 511, 512, 513, 100_000]) {
      const { gate, out } = await pass(bytes, piece);
      expect(out.equals(bytes)).toBe(true);
      expect(gate).toMatchObject({ files: true, top: { mode: 0o700 } });
    }
  },
);

test('what is compressed with gzip is unpacked on the way', async () => {
  const bytes = tar('c', '.');
  expect((await pass(gzipSync(bytes))).out.equals(bytes)).toBe(true);
});

test('rights of the top folder are read, and written so that tar reads them', async () => {
  const rights = { uid: 1000, gid: 100, mode: 0o2775 };
  const bytes = folderArchive('.', rights);
  expect((await pass(bytes)).gate).toMatchObject({ files: false, top: rights });
  const told = execFileSync('tar', ['tvf', '-', '--numeric-owner'], { input: bytes }).toString();
  expect(told).toMatch(/^drwxrwsr-x 1000\/100 /);
  const large = { uid: 2_000_000_000, gid: 3_000_000_000, mode: 0o755 };
  expect((await pass(folderArchive('.', large))).gate.top).toEqual(large);
});

test('device files are refused', async () => {
  const bytes = execFileSync('tar', ['c', '-C', '/', 'dev/null']);
  await expect(pass(bytes)).rejects.toMatchObject({
    code: 'VOLUME-004',
    facts: { detail: expect.stringContaining('dev/null') },
  });
});

test.each([
  ['text', Buffer.from('hello '.repeat(200))],
  ['nothing', Buffer.alloc(0)],
  ['compressed rubbish', Buffer.concat([Buffer.from([0x1f, 0x8b]), Buffer.alloc(600, 7)])],
])('%s is refused', async (_, bytes) => {
  await expect(pass(bytes)).rejects.toMatchObject({ code: 'VOLUME-004' });
});

test('an archive that was cut off is refused, wherever', async () => {
  const bytes = tar('c', '.');
  const zipped = gzipSync(bytes);
  for (const cut of [
    bytes.subarray(0, 600),
    bytes.subarray(0, 2048),
    zipped.subarray(0, zipped.length - 20),
  ]) {
    await expect(pass(Buffer.from(cut))).rejects.toMatchObject({ code: 'VOLUME-004' });
  }
});
