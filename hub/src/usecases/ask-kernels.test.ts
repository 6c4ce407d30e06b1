import { expect, test } from 'vitest';
import { SPAWN_SETTINGS } from '../../test/spawn-settings.ts';
import type { IdleKernel, KernelWord } from '../domain/ports.ts';
import { newServer } from '../domain/server.ts';
import { makeAskKernels } from './ask-kernels.ts';
import { KernelBook } from './kernel-book.ts';

const SERVER = { ...newServer('alice'), target: 'http://172.18.0.2:8888', containerId: 'c1', generation: 3 };
const TRAFFIC = 100_000;
/** What it said was heard; what it said nobody heard; a page is open to it. */
const heard: IdleKernel = { id: 'heard', connections: 0, lastActivity: 90_000 };
const unheard: IdleKernel = { id: 'unheard', connections: 0, lastActivity: 200_000 };
const watched: IdleKernel = { id: 'watched', connections: 1, lastActivity: 200_000 };

function stage(words: Partial<Record<string, KernelWord>> = {}, token: string | null = 't') {
  const asked: string[] = [];
  const told: string[] = [];
  const book = new KernelBook();
  const containers = { readVariable: async () => token };
  const notebook = {
    askKernel: async (target: string, path: string, word: string, kernel: string) => {
      expect([target, path, word]).toEqual([SERVER.target, '/jhub/user/alice/', 't']);
      asked.push(kernel);
      return words[kernel] ?? 'answered';
    },
  };
  const log = { info: (_: unknown, text: string) => told.push(text), warn: () => {}, error: () => {} };
  const clock = { now: () => 300_000, sleep: async () => {} };
  const ask = makeAskKernels({ containers, notebook, settings: SPAWN_SETTINGS, clock, log }, book);
  return { ask, asked, told, book };
}

test('before a stop every kernel is asked: what is kept for a page goes with the server', async () => {
  const { ask, asked } = stage();
  expect(await ask(SERVER, [heard, unheard, watched], 'stop', TRAFFIC)).toBe('answered');
  expect(asked).toEqual(['heard', 'unheard', 'watched']);
});

test('before sleep those are spared from whom a page would lose what they said', async () => {
  const { ask, asked } = stage();
  expect(await ask(SERVER, [heard, unheard, watched], 'freeze', TRAFFIC)).toBe('spared');
  expect(asked).toEqual(['heard', 'watched']);
});

test('whoever was woken to be asked is asked whatever a page loses, once', async () => {
  const { ask, book } = stage();
  book.of(SERVER).wokenAt = TRAFFIC;
  expect(await ask(SERVER, [unheard], 'freeze', TRAFFIC)).toBe('answered');
  // A page came since, and may have lost its line again.
  expect(await ask(SERVER, [{ ...unheard, lastActivity: 500_000 }], 'freeze', 400_000)).toBe('spared');
});

test('nor is that done once its owner has come back: what their cell said since is kept for them', async () => {
  const { ask, asked, book } = stage();
  book.of(SERVER).wokenAt = TRAFFIC;
  expect(await ask(SERVER, [{ ...unheard, lastActivity: 500_000 }], 'freeze', 400_000)).toBe('spared');
  expect(asked).toEqual([]);
});

test('one that is silent keeps its server, and the log says so once', async () => {
  const { ask, told, book } = stage({ heard: 'silent' });
  expect(await ask(SERVER, [heard, watched], 'freeze', TRAFFIC)).toBe('silent');
  expect(await ask(SERVER, [heard, watched], 'stop', TRAFFIC)).toBe('silent');
  expect(book.isSilent(SERVER)).toBe(true);
  expect(told).toEqual(['kept: a kernel executes, although Jupyter calls it idle']);
  expect(book.isSilent({ ...SERVER, generation: 4 })).toBe(false);
});

test('one that cannot be asked is judged by what else is known', async () => {
  const { ask, told } = stage({ heard: 'refused' });
  expect(await ask(SERVER, [heard], 'stop', TRAFFIC)).toBe('answered');
  expect(told).toEqual(['kernels that could not be asked count as idle']);
  const without = stage({}, null);
  expect(await without.ask(SERVER, [heard], 'stop', TRAFFIC)).toBe('answered');
  expect(without.asked).toEqual([]);
});

test('a server that claims thousands of kernels is not asked for all of them', async () => {
  const { ask, asked } = stage();
  const many = Array.from({ length: 5_000 }, (_, index) => ({ ...heard, id: `k${index}` }));
  await ask(SERVER, many, 'stop', TRAFFIC);
  expect(asked).toHaveLength(50);
});

test('what is not open any more is forgotten, and whoever is awake was not put to sleep asked', async () => {
  const { ask, book } = stage({ heard: 'silent' });
  await ask(SERVER, [heard], 'stop', TRAFFIC);
  const asleep = { ...SERVER, state: 'frozen' as const };
  book.of(asleep).sleepsAsked = true;
  book.forget([asleep], new Set());
  expect([book.isSilent(asleep), book.sleepsAsked(asleep)]).toEqual([false, true]);
  book.forget([{ ...SERVER, state: 'ready' }], new Set(['alice/']));
  expect(book.sleepsAsked(asleep)).toBe(false);
  book.of(asleep).sleepsAsked = true;
  book.forget([], new Set());
  expect(book.sleepsAsked(asleep)).toBe(false);
});
