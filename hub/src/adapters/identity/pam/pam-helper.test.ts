import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { askPam, type PamQuestion, parsePamAnswer } from './pam-helper.ts';

const QUESTION: PamQuestion = {
  verb: 'authenticate',
  service: 'berth',
  confdir: '',
  user: 'ana',
  password: Buffer.from('geheim'),
  otp: Buffer.alloc(0),
  address: '192.0.2.1',
  checkAccount: true,
  leastUid: 1000,
};

test('an answer is read line by line', () => {
  const answer = parsePamAnswer('in\nname ana\nuid 1001\ngroup ana\ngroup lab of optics\n');
  expect(answer).toEqual({ verdict: 'in', name: 'ana', uid: 1001, groups: ['ana', 'lab of optics'] });
  expect(parsePamAnswer('wrong\ndetail Authentication failure\n')).toEqual({
    verdict: 'wrong',
    detail: 'Authentication failure',
  });
});

test.each([
  '',
  '\n',
  'in',
  'in ',
  'IN\n',
  'int\n',
  'yes\n',
  ' in\n',
  'wrong\nin\n',
  'detail x\nin\n',
  '\0in\n',
])('%j lets nobody in', (out) => expect(parsePamAnswer(out).verdict).not.toBe('in'));

test('the fields go in by standard input, each with a NUL after it', async () => {
  const script = `printf 'wrong\\ndetail '; tr '\\0' '|'`;
  const answer = await askPam(['/bin/sh', '-c', script], QUESTION, 5000);
  expect(answer).toEqual({ verdict: 'wrong', detail: 'authenticate|berth||ana|geheim||192.0.2.1|1|1000|' });
});

test('the environment of the hub, with its secrets, is not handed on', async () => {
  process.env.BERTH_TEST_SECRET = 'of-the-hub';
  try {
    const script = `printf 'wrong\\ndetail '; tr '\\0' ' ' </proc/$$/environ`;
    const answer = await askPam(['/bin/sh', '-c', script], QUESTION, 5000);
    expect(answer).toEqual({ verdict: 'wrong', detail: 'PATH=/usr/sbin:/usr/bin:/sbin:/bin ' });
  } finally {
    delete process.env.BERTH_TEST_SECRET;
  }
});

test.each([
  ['a program that ends with a fault, whatever it wrote', 'printf "in\\n"; exit 1', /ended with 1/],
  ['one that a signal ends', 'printf "in\\n"; kill -9 $$', /ended with SIGKILL/],
  ['one that says nothing', 'cat >/dev/null', /not understood/],
  ['one that does not stop talking', 'yes | head -c 1000000', /not understood/],
])('%s lets nobody in', async (_, script, detail) => {
  const answer = await askPam(['/bin/sh', '-c', script], QUESTION, 5000);
  expect(answer).toMatchObject({ verdict: 'trouble', detail: expect.stringMatching(detail) });
});

test('what hangs is ended in time, with what it has started', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'berth-pam-helper-'));
  const begun = performance.now();
  const answer = await askPam(['/bin/sh', '-c', `sleep 30 & echo $! >${folder}/pid; wait`], QUESTION, 500);
  expect(answer).toEqual({ verdict: 'trouble', detail: 'no answer within 0.5 s' });
  expect(performance.now() - begun).toBeLessThan(2000);
  const pid = Number(await readFile(join(folder, 'pid'), 'utf8'));
  await rm(folder, { recursive: true });
  await expect.poll(() => stateOf(pid), { timeout: 3000 }).toMatch(/gone|Z/);
});

/** A letter of the kernel's, or that there is no such process. */
async function stateOf(pid: number): Promise<string> {
  const text = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => 'x (x) gone');
  return text.slice(text.lastIndexOf(')') + 2).split(' ')[0] ?? '';
}
