import { createHmac, timingSafeEqual } from 'node:crypto';

/**
 * Words that prove that a form came from one of our pages. A word is signed for one browser (its session,
 * or its visitor's cookie before sign-in), not for an address: addresses change behind some proxies.
 */
export interface Xsrf {
  make(binding: string): string;
  check(binding: string, word: string): boolean;
}

/** @param secret at least 32 random bytes. */
export function makeXsrf(secret: Buffer, nonce: () => string): Xsrf {
  const sign = (binding: string, salt: string): Buffer =>
    createHmac('sha256', secret).update(`${salt}|${binding}`).digest();
  return {
    make(binding) {
      const salt = nonce();
      return `${salt}.${sign(binding, salt).toString('base64url')}`;
    },
    check(binding, word) {
      const [salt = '', mac = '', ...rest] = word.split('.');
      const found = Buffer.from(mac, 'base64url');
      const expected = sign(binding, salt);
      return (
        rest.length === 0 &&
        salt !== '' &&
        found.length === expected.length &&
        timingSafeEqual(found, expected)
      );
    },
  };
}
