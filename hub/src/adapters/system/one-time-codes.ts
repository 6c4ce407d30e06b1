import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { OneTimeCodes } from '../../domain/second-factor.ts';

/** RFC 4648 §6. */
const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
const STEP_MS = 30_000;
const DIGITS = 6;
/** 160 bits, as RFC 4226 §4 recommends. */
const SECRET_BYTES = 20;

/** Time-based one-time codes (RFC 6238) as every app makes them: SHA-1, six digits, half a minute. */
export const oneTimeCodes: OneTimeCodes = {
  newSecret: () => toBase32(randomBytes(SECRET_BYTES)),
  stepOf(secret, code, now) {
    if (!/^\d{6}$/.test(code)) return null;
    const key = fromBase32(secret);
    const current = Math.floor(now / STEP_MS);
    let found: number | null = null;
    // All three are made whichever fits: the time tells nothing.
    for (const step of [current - 1, current, current + 1]) {
      if (timingSafeEqual(Buffer.from(codeOf(key, step)), Buffer.from(code))) found = step;
    }
    return found;
  },
};

/** RFC 4226 §5.3. */
export function codeOf(key: Buffer, counter: number, digits = DIGITS): string {
  const text = Buffer.alloc(8);
  text.writeBigUInt64BE(BigInt(counter));
  const mac = createHmac('sha1', key).update(text).digest();
  const offset = (mac.at(-1) ?? 0) & 0xf;
  return String((mac.readUInt32BE(offset) & 0x7fffffff) % 10 ** digits).padStart(digits, '0');
}

export function toBase32(bytes: Buffer): string {
  const bits = Array.from(bytes, (byte) => byte.toString(2).padStart(8, '0')).join('');
  return (bits.match(/.{1,5}/g) ?? [])
    .map((five) => LETTERS[Number.parseInt(five.padEnd(5, '0'), 2)])
    .join('');
}

export function fromBase32(text: string): Buffer {
  const bits = Array.from(text, (letter) => LETTERS.indexOf(letter).toString(2).padStart(5, '0')).join('');
  return Buffer.from((bits.match(/.{8}/g) ?? []).map((eight) => Number.parseInt(eight, 2)));
}
