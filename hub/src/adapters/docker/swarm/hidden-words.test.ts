import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import type { Sealer } from '../../../domain/ports.ts';
import { exportLines, hideWords, openWords, sealWords } from './hidden-words.ts';

/** Opens only under what it was sealed under, as the real one does. */
const sealer: Sealer = {
  seal: (text, binding) => JSON.stringify([binding, text]),
  open: (sealed, binding) => {
    const [bound, text] = JSON.parse(sealed) as [string, string];
    return bound === binding ? text : null;
  },
};

test('tokens are taken out of the environment, all else stays', () => {
  const { open, hidden } = hideWords({
    JUPYTERHUB_API_TOKEN: 't',
    JPY_API_TOKEN: 't',
    JUPYTERHUB_USER: 'alice',
    'odd-token': 'a shell cannot export it',
  });
  expect(hidden).toEqual({ JUPYTERHUB_API_TOKEN: 't', JPY_API_TOKEN: 't' });
  expect(open).toEqual({ JUPYTERHUB_USER: 'alice', 'odd-token': 'a shell cannot export it' });
});

test('a shell reads back every value as it was, and runs none of it', () => {
  const value = 'it\'s "quoted" $(touch /nowhere/x) `id` \\ and\ntwo lines';
  const script = `${exportLines({ SOME_TOKEN: value })}printf %s "$SOME_TOKEN"`;
  expect(execFileSync('/bin/sh', ['-c', script], { encoding: 'utf8' })).toBe(value);
});

test('what was sealed for one service opens for it, and for no other service or hub', () => {
  const sealed = sealWords(sealer, { A_TOKEN: 'x' }, 'berth', 'jupyter-alice');
  expect(openWords(sealer, sealed, 'berth', 'jupyter-alice').get('A_TOKEN')).toBe('x');
  expect(openWords(sealer, sealed, 'berth', 'jupyter-bob').size).toBe(0);
  expect(openWords(sealer, sealed, 'other', 'jupyter-alice').size).toBe(0);
  expect(openWords(sealer, undefined, 'berth', 'jupyter-alice').size).toBe(0);
});
