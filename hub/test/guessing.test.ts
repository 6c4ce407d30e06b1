import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { PasswordProvider } from '../src/domain/identity.ts';
import { Problem } from '../src/domain/problem.ts';
import { makeConfirmPassword } from '../src/usecases/confirm-password.ts';
import { makeLocalDoor } from '../src/usecases/local-door.ts';
import { makeSignIn, type SignInUnderTest } from './make-sign-in.ts';

const FROM = { address: '192.0.2.7', userAgent: 'test', previous: null, visitor: 'v', otp: '' };
const GOOD = 'a harbour at night';

/** A directory that cannot be asked. */
const away: PasswordProvider = {
  id: 'pam',
  label: 'PAM',
  otpPrompt: null,
  check: async () => {
    throw new Problem('AUTH-007', { provider: 'PAM', detail: 'no answer within 8.0 s' });
  },
};

let hub: SignInUnderTest;
beforeEach(async () => {
  hub = await makeSignIn({}, { doors: [away] });
  await setPassword(GOOD);
});
afterEach(() => hub.close());

async function setPassword(password: string): Promise<void> {
  const hash = await hub.passwords.hash(password);
  await hub.store.change((drafts) =>
    drafts.credentials.put({ user: 'ana', hash, changed: hub.time.now, secondFactor: null }),
  );
}

async function guess(address: string): Promise<string> {
  const attempt = hub.signInWithPassword({ username: 'ana', password: 'no', ...FROM, address });
  return await attempt.then(
    () => 'in',
    (error: unknown) => (error instanceof Problem ? error.code : 'something else'),
  );
}

async function guesses(addresses: readonly string[]): Promise<readonly string[]> {
  const codes: string[] = [];
  for (const address of addresses) codes.push(await guess(address));
  return codes;
}

test('a guess at a password that the hub keeps counts also while another door cannot be asked', async () => {
  const codes = await guesses(Array.from({ length: 7 }, () => FROM.address));
  expect(codes).toEqual([...Array.from({ length: 5 }, () => 'AUTH-007'), 'AUTH-003', 'AUTH-003']);
});

describe('addresses of version 6', () => {
  test.each([
    ['one line’s', Array.from({ length: 7 }, (_, i) => `2001:db8:1:2::${i + 1}`)],
    ['one line’s, written out', Array.from({ length: 7 }, (_, i) => `2001:db8:1:2:0:0:${i + 1}:9`)],
  ])('that are %s are counted as one', async (_, addresses) => {
    expect((await guesses(addresses)).at(-1)).toBe('AUTH-003');
  });

  test.each([
    ['of other lines', Array.from({ length: 7 }, (_, i) => `2001:db8:1:${i + 1}::1`)],
    ['that carry one of version 4', Array.from({ length: 7 }, (_, i) => `::ffff:192.0.2.${i + 1}`)],
  ])('%s are not', async (_, addresses) => {
    expect(await guesses(addresses)).not.toContain('AUTH-003');
  });
});

describe('a password that was changed while it was looked at', () => {
  /** The administrator's link is used at the worst moment. */
  const changing = () => ({
    ...hub.passwords,
    verify: async (password: string, hash: string) => {
      const good = await hub.passwords.verify(password, hash);
      await setPassword('another harbour');
      return good;
    },
  });

  test('opens nothing any more', async () => {
    const door = makeLocalDoor({ store: hub.store, passwords: changing() });
    expect(await door.check({ name: 'ana', password: GOOD, otp: '', address: '' })).toBeNull();
  });

  test('confirms nothing any more', async () => {
    const confirm = makeConfirmPassword({ ...hub, passwords: changing() });
    const confirmed = confirm({ user: 'ana', password: GOOD, address: '192.0.2.7' });
    await expect(confirmed).rejects.toMatchObject({ code: 'AUTH-045' });
  });
});
