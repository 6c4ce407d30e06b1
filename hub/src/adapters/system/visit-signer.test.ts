import { expect, test } from 'vitest';
import { makeVisitSigner } from './visit-signer.ts';

const signer = makeVisitSigner(Buffer.from('one secret of one hub'));
const claims = {
  iss: '/',
  sub: 'ann@uni.edu',
  aud: '/user/ann@uni.edu/',
  iat: 1_800_000_000.123,
  exp: 1_800_000_300.5,
  sid: 's',
};

test('what a hub signs it knows again, also after a restart, and another hub does not', () => {
  const cookie = signer.sign(claims);
  expect(signer.read(cookie)).toMatchObject(claims);
  expect(makeVisitSigner(Buffer.from('one secret of one hub')).read(cookie)).toMatchObject(claims);
  expect(makeVisitSigner(Buffer.from('another secret')).read(cookie)).toBeNull();
});

test.each([
  ['no secret', (cookie: string) => cookie.split('~')[0] ?? ''],
  ['another’s secret', (cookie: string) => `${cookie.split('~')[0]}~${signer.sign(claims).split('~')[1]}`],
  [
    'a changed name',
    (cookie: string) =>
      cookie.replace(
        /\.[^.]+\./,
        `.${Buffer.from(JSON.stringify({ ...claims, sub: 'root', cnf: 'x' })).toString('base64url')}.`,
      ),
  ],
  ['nothing of a cookie', () => 'a.b.c~d'],
])('a cookie with %s is none', (_, change) => {
  expect(signer.read(change(signer.sign(claims)))).toBeNull();
});

test('the secret at a program’s door is another for each server and each start, and the same when it is asked for again', () => {
  const made = ['alice/', 'alice/x', 'bob/'].flatMap((server) =>
    [1, 2].map((start) => signer.doorToken(server, start)),
  );
  expect(new Set(made).size).toBe(6);
  expect(signer.doorToken('alice/', 1)).toBe(made[0]);
  expect(made[0]).toMatch(/^[\w-]{32}$/);
});
