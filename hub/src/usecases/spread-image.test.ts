import { expect, it } from 'vitest';
import type { ImageSpread, PullReport } from '../domain/image-spread.ts';
import { makeSpreadImage } from './spread-image.ts';

const row = (name: string, state: PullReport['state'], detail = ''): PullReport => ({
  machine: { id: name, name },
  state,
  detail,
});

/** Tells these rounds, one after the other; the last is the answer. */
function spreadOf(...rounds: readonly (readonly PullReport[])[]): ImageSpread {
  return {
    prePull: async (_image, report) => {
      for (const rows of rounds) report(rows);
      return rounds.at(-1) ?? [];
    },
  };
}

const never = new AbortController().signal;

it('tells the share of the machines that have it, without those that are away', async () => {
  const heard: string[] = [];
  const last = new Map<string, readonly PullReport[]>();
  const rounds = [
    [row('a', 'fetching'), row('b', 'waiting'), row('c', 'skipped')],
    [row('a', 'there'), row('b', 'fetching'), row('c', 'skipped')],
    [row('a', 'there'), row('b', 'there'), row('c', 'skipped')],
  ];
  const fetch = makeSpreadImage(spreadOf(...rounds), (image, rows) => last.set(image, rows));
  await fetch('lab:1', ({ done, total }) => heard.push(`${done}/${total}`), never);
  expect(heard).toEqual(['0/2', '1/2', '2/2']);
  expect(last.get('lab:1')).toEqual(rounds.at(-1));
});

it('fails with the words of every machine that failed, and keeps what the others said', async () => {
  const rows = [row('a', 'there'), row('b', 'failed', 'no space left'), row('c', 'failed', 'denied')];
  const last = new Map<string, readonly PullReport[]>();
  const fetch = makeSpreadImage(spreadOf(rows), (image, all) => last.set(image, all));
  await expect(fetch('lab:1', () => {}, never)).rejects.toThrow('b: no space left; c: denied');
  expect(last.get('lab:1')).toEqual(rows);
});
