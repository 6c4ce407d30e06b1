// PAM itself: real accounts, real modules, real one-time codes, in a container with the hub's rights and no more.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makePam, type PamSettings, type PamTimes } from '../../../hub/src/adapters/identity/pam/pam.ts';
import { PamMachine } from './pam-machine.ts';

const GOOD = 'a harbour at night';
const QUICK: PamTimes = { deadline: 8000, refusal: 0 };
let machine: PamMachine;

beforeAll(async () => {
  machine = await PamMachine.start();
});
afterAll(async () => machine?.remove());

const door = (more: Partial<PamSettings> = {}, times = QUICK) => makePam(machine.settings(more), times);
const attempt = (name: string, password = GOOD, otp = '') => ({ name, password, otp, address: '192.0.2.7' });

describe('name and password', () => {
  test('of an account of the machine come in, bound to its number', async () => {
    expect(await door().check(attempt('alice'))).toMatchObject({
      provider: 'pam',
      login: 'alice',
      id: '1001',
    });
  });

  test.each([
    ['a wrong password', attempt('alice', 'a harbour at noon')],
    ['an empty password', attempt('alice', '')],
    ['a name that is nobody’s', attempt('nobody-here')],
    ['capitals that the machine does not know', attempt('Alice')],
    ['an account without a password', attempt('no-password', '')],
    ['a locked account', attempt('locked')],
    ['an option in the place of a name', attempt('-v')],
    ['a NUL in the password', attempt('alice', `${GOOD}\0`)],
    ['a second field smuggled into the password', attempt('alice', `x\0${GOOD}\0`)],
    ['a line’s end in the name', attempt('alice\n')],
    ['a path in the place of a name', attempt('../alice')],
    ['a password of a megabyte', attempt('alice', 'x'.repeat(1_000_000))],
  ])('%s does not', async (_, wrong) => {
    expect(await door().check(wrong)).toBeNull();
  });

  test.each(['root', 'service'])(
    'the system’s account %s stays out with the right password',
    async (name) => {
      expect(await door().check(attempt(name))).toBeNull();
    },
  );

  test('accounts of the system come in where the settings say so', async () => {
    expect(await door({ leastUid: 500 }).check(attempt('service'))).toMatchObject({ id: '500' });
    expect(await door({ leastUid: 500 }).check(attempt('root'))).toBeNull();
  });

  test('letters beyond ASCII are written as the settings say, and no other way', async () => {
    expect(await door().check(attempt('umlaut', 'Häfen bei Nacht'))).not.toBeNull();
    expect(await door({ encoding: 'latin1' }).check(attempt('umlaut', 'Häfen bei Nacht'))).toBeNull();
    // latin1 would write U+0161 as "a".
    expect(
      await door({ encoding: 'latin1' }).check(attempt('alice', GOOD.replace('a', '\u0161'))),
    ).toBeNull();
  });

  test.each([
    ['alice', GOOD],
    ['alice', 'wrong'],
    ['nobody-here', GOOD],
    ['locked', GOOD],
    ['expired', GOOD],
    ['must-change', GOOD],
    ['umlaut', 'Häfen bei Nacht'],
  ])('%s with “%s”: pamtester says the same of the same service', async (name, password) => {
    const script = 'printf "%s\\n" "$2" | pamtester -- berth "$1" authenticate acct_mgmt';
    const theirs = await machine.run('sh', '-c', script, 'sh', name, password).then(
      () => true,
      () => false,
    );
    const ours = await door({ confdir: null })
      .check(attempt(name, password))
      .then(
        (identity) => identity !== null,
        () => false,
      );
    expect(ours).toBe(theirs);
    expect(theirs).toBe((name === 'alice' && password === GOOD) || name === 'umlaut');
  });
});

describe('the account stage', () => {
  test.each([
    ['expired', /expired/i],
    ['must-change', /token|password|expired/i],
  ])('%s is told so, after the right password', async (name, detail) => {
    const refused = await door()
      .check(attempt(name))
      .catch((error: unknown) => error);
    expect(refused).toMatchObject({ code: 'AUTH-041', facts: { detail: expect.stringMatching(detail) } });
    expect(await door().check(attempt(name, 'wrong'))).toBeNull();
  });

  test('without it the expired come in: that is what the setting is for', async () => {
    expect(await door({ checkAccount: false }).check(attempt('expired'))).toMatchObject({ login: 'expired' });
  });
});

describe('groups of the machine', () => {
  const groups = { adminGroups: ['hub-admins', 'no-such-group'], allowedGroups: ['course'] };

  test('make administrators, and take that away from everybody else', async () => {
    expect((await door(groups).check(attempt('bob')))?.admin).toBe(true);
    expect((await door(groups).check(attempt('alice')))?.admin).toBe(false);
    expect((await door().check(attempt('bob')))?.admin).toBeNull();
  });

  test('let in, and say nothing of who is in none of them', async () => {
    expect((await door(groups).check(attempt('alice')))?.admitted).toBe(true);
    expect((await door(groups).check(attempt('umlaut', 'Häfen bei Nacht')))?.admitted).toBeNull();
  });
});

describe('a one-time code', () => {
  const otp = (): ReturnType<typeof door> => door({ service: 'berth-otp', requestOtp: true });

  test('goes to the second prompt, and works once', async () => {
    const code = await machine.code();
    expect(await otp().check(attempt('otto', GOOD, code))).toMatchObject({ login: 'otto' });
    expect(await otp().check(attempt('otto', GOOD, code))).toBeNull();
  });

  test.each([
    ['a wrong one', GOOD, '000000'],
    ['none', GOOD, ''],
    ['one beside a wrong password', 'wrong', null],
  ])('%s does not let in', async (_, password, code) => {
    const typed = code ?? (await machine.code(60_000));
    expect(await otp().check(attempt('otto', password, typed))).toBeNull();
  });

  test('is not handed to PAM where none is asked for', async () => {
    const silent = door({ service: 'berth-otp', requestOtp: false });
    expect(await silent.check(attempt('otto', GOOD, await machine.code(90_000)))).toBeNull();
  });
});

describe('closed when in doubt', () => {
  test('a service without a file stops the start, and opens nothing though “other” lets everybody in', async () => {
    const missing = door({ service: 'nosuch' });
    await expect(missing.checkSetup()).rejects.toThrow(/no file/);
    await expect(missing.check(attempt('alice'))).rejects.toMatchObject({ code: 'AUTH-007' });
  });

  test('a service whose file goes while the hub runs opens nothing from then on', async () => {
    const vanishing = door({ service: 'vanishes' });
    await vanishing.checkSetup();
    expect(await vanishing.check(attempt('alice'))).not.toBeNull();
    await machine.run('rm', '/data/pam.d/vanishes');
    await expect(vanishing.check(attempt('alice'))).rejects.toMatchObject({
      code: 'AUTH-007',
      facts: { detail: expect.stringMatching(/no file/) },
    });
  });

  test.each(['../pam.d/berth', '/data/pam.d/berth', '.', ''])(
    'the service name %j is none',
    async (service) => {
      await expect(door({ service }).check(attempt('alice'))).rejects.toMatchObject({ code: 'AUTH-007' });
    },
  );

  test('a service in capitals is none: PAM would look for one in small letters, and take “other”', async () => {
    await machine.run('cp', '/data/pam.d/denies', '/data/pam.d/Capital');
    await expect(door({ service: 'Capital' }).check(attempt('alice'))).rejects.toMatchObject({
      code: 'AUTH-007',
    });
  });

  test('a module that is not there lets nobody in', async () => {
    await expect(door({ service: 'broken' }).check(attempt('alice'))).rejects.toMatchObject({
      code: 'AUTH-007',
    });
  });

  test('a service that denies everybody denies', async () => {
    expect(await door({ service: 'denies' }).check(attempt('alice'))).toBeNull();
  });

  test('a helper that crashes lets nobody in', async () => {
    await expect(door({ service: 'crashes' }).check(attempt('alice'))).rejects.toMatchObject({
      code: 'AUTH-007',
      facts: { detail: expect.stringMatching(/ended with/) },
    });
  });

  test('a helper that is not there stops the start', async () => {
    const gone = makePam(machine.settings({ helper: ['/nowhere/berth-pam'] }), QUICK);
    await expect(gone.checkSetup()).rejects.toThrow(/does not start \(ENOENT\)/);
    await expect(gone.check(attempt('alice'))).rejects.toMatchObject({ code: 'AUTH-007' });
  });

  test('a module that hangs is given up in time', async () => {
    const begun = performance.now();
    const hanging = door({ service: 'hangs' }, { deadline: 2000, refusal: 0 });
    await expect(hanging.check(attempt('alice'))).rejects.toMatchObject({
      code: 'AUTH-007',
      facts: { detail: 'no answer within 2.0 s' },
    });
    expect(performance.now() - begun).toBeLessThan(3000);
  });
});

describe('a crowd', () => {
  test('ten wrong ones at once keep a right one waiting for less than three seconds', async () => {
    const shared = door({ service: 'delays' }, { deadline: 8000, refusal: 1500 });
    const wrong = Array.from({ length: 10 }, (_, i) => shared.check(attempt('alice', `wrong ${i}`)));
    const begun = performance.now();
    expect(await shared.check(attempt('bob'))).not.toBeNull();
    expect(performance.now() - begun).toBeLessThan(3000);
    expect(await Promise.all(wrong)).toEqual(Array.from({ length: 10 }, () => null));
  });

  test('who finds no place in the line is told to come back', async () => {
    const narrow = door({ service: 'hangs', atOnce: 1 }, { deadline: 2500, refusal: 0 });
    const told = await Promise.allSettled(Array.from({ length: 24 }, () => narrow.check(attempt('alice'))));
    const codes = told.map((one) => (one.status === 'rejected' ? one.reason.code : 'in'));
    expect(new Set(codes)).toEqual(new Set(['AUTH-007', 'AUTH-040']));
    expect(codes.filter((code) => code === 'AUTH-007')).toHaveLength(1);
  });

  test('unknown name and wrong password take the same time', async () => {
    const shared = door({}, { deadline: 8000, refusal: 1500 });
    const took = async (name: string): Promise<number> => {
      const begun = performance.now();
      expect(await shared.check(attempt(name, 'wrong'))).toBeNull();
      return performance.now() - begun;
    };
    const middle = (all: readonly number[]): number => all.toSorted((a, b) => a - b)[all.length >> 1] ?? 0;
    // One after the other, and in turns: the crowd on the machine is the same for both.
    const [known, unknown]: [number[], number[]] = [[], []];
    for (let i = 0; i < 5; i++) {
      known.push(await took('alice'));
      unknown.push(await took('nobody-here'));
    }
    expect(Math.abs(middle(known) - middle(unknown)) / middle(known)).toBeLessThan(0.2);
  });
});

test('the password stands in no argument and no variable of the helper', async () => {
  const slow = door({ service: 'hangs' }, { deadline: 3000, refusal: 0 }).check(
    attempt('alice', 'secret-4711'),
  );
  await new Promise((resolve) => setTimeout(resolve, 1000));
  const seen = await machine.asRoot(
    'sh',
    '-c',
    'cat /proc/[0-9]*/cmdline /proc/[0-9]*/environ | tr "\\0" "\\n"',
  );
  expect(seen).toContain('berth-pam');
  expect(seen).not.toContain('secret-4711');
  await expect(slow).rejects.toMatchObject({ code: 'AUTH-007' });
});
