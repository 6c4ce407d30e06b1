import { expect, test } from 'vitest';
import { makeScryptHasher } from './scrypt-hasher.ts';

test('passwords are hashed at the full cost, each with a salt of its own', async () => {
  const hasher = makeScryptHasher();
  const [one, two] = await Promise.all([
    hasher.hash('a harbour at night'),
    hasher.hash('a harbour at night'),
  ]);
  expect(one).toMatch(/^scrypt\$32768\$8\$3\$[\w-]{22}\$[\w-]{43}$/);
  expect(one).not.toBe(two);
  expect(await hasher.verify('a harbour at night', one)).toBe(true);
  expect(await hasher.verify('a harbour at noon', one)).toBe(false);
});

test('a hash of an older cost stays good', async () => {
  const older = await makeScryptHasher({ N: 1024, r: 8, p: 1 }).hash('a harbour at night');
  expect(await makeScryptHasher().verify('a harbour at night', older)).toBe(true);
});

test.each(['', 'scrypt', 'bcrypt$1$2$3$4$5', 'scrypt$1024$8$1$$'])(
  '%j is no hash of ours',
  async (stored) => {
    expect(await makeScryptHasher().verify('', stored)).toBe(false);
  },
);

test('a crowd is turned away rather than taking the memory', async () => {
  const hasher = makeScryptHasher({ N: 1024, r: 8, p: 1 });
  const crowd = await Promise.allSettled(Array.from({ length: 40 }, () => hasher.waste('x')));
  expect(crowd.filter(({ status }) => status === 'fulfilled')).toHaveLength(22);
  expect(await hasher.verify('x', await hasher.hash('x'))).toBe(true);
});
