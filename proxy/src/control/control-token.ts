import { createHash, timingSafeEqual } from 'node:crypto';

const AUTHORIZATION = /^token[ \t]+(\S+)$/i;

/** A check of `Authorization: token <token>` whose time says nothing about the token, not even its length. */
export function tokenCheck(token: string): (authorization: string | undefined) => boolean {
  const isToken = keyCheck(token);
  return (authorization) => isToken(AUTHORIZATION.exec(authorization ?? '')?.[1] ?? '');
}

/** As `tokenCheck`, of the word itself. */
export function keyCheck(key: string): (given: string) => boolean {
  const expected = digest(key);
  return (given) => timingSafeEqual(digest(given), expected);
}

const digest = (text: string): Buffer => createHash('sha256').update(text, 'utf8').digest();
