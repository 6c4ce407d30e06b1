import { createHash, timingSafeEqual } from 'node:crypto';

const AUTHORIZATION = /^token[ \t]+(\S+)$/i;

/** A check of `Authorization: token <token>` whose time says nothing about the token, not even its length. */
export function tokenCheck(token: string): (authorization: string | undefined) => boolean {
  const expected = digest(token);
  return (authorization) => {
    const given = AUTHORIZATION.exec(authorization ?? '')?.[1] ?? '';
    return timingSafeEqual(digest(given), expected);
  };
}

const digest = (text: string): Buffer => createHash('sha256').update(text, 'utf8').digest();
