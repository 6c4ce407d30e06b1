import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';
import type { PasswordHasher } from '../../domain/ports.ts';
import { Problem } from '../../domain/problem.ts';

const derive = promisify<string, Buffer, number, { N: number; r: number; p: number; maxmem: number }, Buffer>(
  scrypt,
);

/** scrypt's parameters; they stand in each hash, so older ones stay good. */
export interface ScryptCost {
  readonly N: number;
  readonly r: number;
  readonly p: number;
}

// OWASP's second choice for scrypt: 32 MiB and about 0.2 s of one core.
const COST: ScryptCost = { N: 2 ** 15, r: 8, p: 3 };
const KEY_LENGTH = 32;
const AT_ONCE = 2;
const IN_LINE = 20;

/**
 * Passwords by scrypt from Node itself. At most two at once and twenty in line: a crowd of wrong passwords
 * must not take the machine's memory.
 */
export function makeScryptHasher(ownCost: ScryptCost = COST): PasswordHasher {
  const line = makeLine();
  const compute = (password: string, salt: Buffer, cost: ScryptCost): Promise<Buffer> =>
    line(() => derive(password.normalize('NFKC'), salt, KEY_LENGTH, { ...cost, maxmem: 256 * 1024 * 1024 }));

  return {
    async hash(password) {
      const salt = randomBytes(16);
      const key = await compute(password, salt, ownCost);
      return [
        'scrypt',
        ownCost.N,
        ownCost.r,
        ownCost.p,
        salt.toString('base64url'),
        key.toString('base64url'),
      ].join('$');
    },
    async verify(password, stored) {
      const [kind, N, r, p, salt, key] = stored.split('$');
      if (kind !== 'scrypt' || salt === undefined || key === undefined) return false;
      const expected = Buffer.from(key, 'base64url');
      const found = await compute(password, Buffer.from(salt, 'base64url'), {
        N: Number(N),
        r: Number(r),
        p: Number(p),
      });
      return expected.length === found.length && timingSafeEqual(expected, found);
    },
    async waste(password) {
      await compute(password, Buffer.alloc(16), ownCost);
    },
  };
}

function makeLine(): <T>(work: () => Promise<T>) => Promise<T> {
  let running = 0;
  const waiting: (() => void)[] = [];
  return async (work) => {
    if (running >= AT_ONCE) {
      if (waiting.length >= IN_LINE)
        throw new Problem('AUTH-003', { seconds: 10, address: 'many addresses' });
      await new Promise<void>((turn) => waiting.push(turn));
    }
    running += 1;
    try {
      return await work();
    } finally {
      running -= 1;
      waiting.shift()?.();
    }
  };
}
