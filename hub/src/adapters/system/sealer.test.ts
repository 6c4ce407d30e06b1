import { randomBytes } from 'node:crypto';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { makeSealer, openSealer, parseCryptKeys } from './sealer.ts';

const [older, newer] = [randomBytes(32), randomBytes(32)];
const SECRET = '{"access_token":"gho_ünbelievable"}';

describe('what is sealed', () => {
  const sealer = makeSealer([older]);

  test('opens again, where it belongs', () => {
    expect(sealer.open(sealer.seal(SECRET, 'session a'), 'session a')).toBe(SECRET);
  });

  test('shows nothing of the text, and is another one each time', () => {
    const [one, two] = [sealer.seal(SECRET, 'a'), sealer.seal(SECRET, 'a')];
    expect(one).not.toBe(two);
    expect(Buffer.from(one, 'base64url').toString('latin1')).not.toContain('gho_');
    expect(one).not.toContain('gho_');
  });

  test('does not open as part of another record', () => {
    expect(sealer.open(sealer.seal(SECRET, 'session a'), 'session b')).toBeNull();
  });

  test('does not open when any letter of it was changed', () => {
    const sealed = sealer.seal(SECRET, 'a');
    for (let at = 0; at < sealed.length; at++) {
      const other = sealed[at] === 'A' ? 'B' : 'A';
      const changed = `${sealed.slice(0, at)}${other}${sealed.slice(at + 1)}`;
      // The last letter of a part may hold bits that stand for nothing.
      if (sealed[at + 1] === '.' || at === sealed.length - 1) continue;
      expect(sealer.open(changed, 'a'), `letter ${at}`).toBeNull();
    }
  });

  test('does not open with a shorter tag', () => {
    const parts = sealer.seal(SECRET, 'a').split('.');
    parts[3] = Buffer.from(parts[3] ?? '', 'base64url')
      .subarray(0, 4)
      .toString('base64url');
    expect(sealer.open(parts.join('.'), 'a')).toBeNull();
  });

  test.each(['', 'v1', 'v1....', 'v2.a.b.c.d', '....', 'v1.a.b.c.d.e', 'null'])(
    '%j opens to nothing',
    (text) => {
      expect(sealer.open(text, 'a')).toBeNull();
    },
  );
});

test('a key is changed by putting the new one first: old texts open, new ones need the new key', () => {
  const before = makeSealer([older]).seal(SECRET, 'a');
  const both = makeSealer([newer, older]);
  expect(both.open(before, 'a')).toBe(SECRET);
  expect(makeSealer([older]).open(both.seal(SECRET, 'a'), 'a')).toBeNull();
  expect(makeSealer([newer]).open(both.seal(SECRET, 'a'), 'a')).toBe(SECRET);
});

describe('keys', () => {
  test('are read in hex and in both kinds of base64, several with semicolons', () => {
    const text = `${older.toString('hex')}; ${newer.toString('base64')};${newer.toString('base64url')};`;
    expect(parseCryptKeys(text)).toEqual([older, newer, newer]);
  });

  test.each(['short', 'g'.repeat(64), '0'.repeat(63), `${'0'.repeat(64)}x`, '!'.repeat(44)])(
    'that are none (%s) are refused without being shown',
    (word) => {
      expect(() => parseCryptKeys(word)).toThrow(/crypt key 1 is not 32 bytes/);
      expect(() => parseCryptKeys(word)).not.toThrow(word);
    },
  );

  test('come from the environment, else from the file; a file that others can read is refused', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'berth-keys-'));
    const file = join(folder, 'crypt_key');
    expect((await openSealer({ keys: null, file })).lasting).toBe(false);
    await writeFile(file, older.toString('hex'), { mode: 0o600 });
    const fromFile = await openSealer({ keys: null, file });
    expect(fromFile.lasting).toBe(true);
    expect(makeSealer([older]).open(fromFile.sealer.seal('x', 'a'), 'a')).toBe('x');
    const given = await openSealer({ keys: newer.toString('hex'), file });
    expect(makeSealer([newer]).open(given.sealer.seal('x', 'a'), 'a')).toBe('x');
    await chmod(file, 0o640);
    await expect(openSealer({ keys: null, file })).rejects.toThrow(/chmod 600/);
    await rm(folder, { recursive: true });
  });
});
