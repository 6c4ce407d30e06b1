import { expect, test } from 'vitest';
import { VISIT_COOKIE } from '../../proxy/src/contract.ts';
import { Guard } from '../../proxy/src/guard/guard.ts';
import { sha256 } from '../src/adapters/system/random.ts';
import { makeVisitSigner } from '../src/adapters/system/visit-signer.ts';
import { visitCookieName } from '../src/domain/visit.ts';

const AUDIENCE = '/user/ann@uni.edu/';
const signer = makeVisitSigner(Buffer.from('one secret of one hub'));
const guard = new Guard({
  key: signer.key,
  audience: AUDIENCE,
  door: '/hub/guard',
  renew: '/hub/guard/renew',
});
const claims = {
  iss: '/',
  sub: 'ann@uni.edu',
  aud: AUDIENCE,
  iat: 1_800_000_000.123,
  exp: 1_800_000_300.5,
  sid: 's',
};

test('the proxy reads what the hub signs, to the millisecond, and only for its own route', () => {
  expect(guard.visit(signer.sign(claims))).toMatchObject({
    user: 'ann@uni.edu',
    issued: 1_800_000_000_123,
    expires: 1_800_000_300_500,
  });
  expect(guard.visit(signer.sign({ ...claims, aud: `${AUDIENCE}lab/` }))).toBeUndefined();
  expect(guard.visit(makeVisitSigner(Buffer.from('another secret')).sign(claims))).toBeUndefined();
});

test('hub and proxy call the cookie by one name', () => {
  expect(visitCookieName(sha256, VISIT_COOKIE, AUDIENCE)).toBe(guard.cookieName);
});

test('a visit that was issued at the very moment at which all became void is void', () => {
  const visit = guard.visit(signer.sign(claims));
  const at = (notBefore: number) =>
    new Guard({ key: signer.key, audience: AUDIENCE, door: '/d', renew: '/r', not_before: notBefore });
  if (visit === undefined) throw new Error('not read');
  expect(at(visit.issued).standing(visit, visit.issued)).toBe('over');
  expect(at(visit.issued - 1).standing(visit, visit.issued)).toBe('good');
  expect(at(0).standing(visit, visit.expires)).toBe('over');
});
