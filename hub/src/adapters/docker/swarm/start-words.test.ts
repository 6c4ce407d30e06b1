import { expect, test } from 'vitest';
import { BARE_SPEC } from '../../../../../test/support/bare-spec.ts';
import type { ContainerSpec } from '../../../domain/containers.ts';
import { canHide, hiddenStartWords, type ImageFacts, startWords } from './start-words.ts';

type Words = Pick<ContainerSpec, 'command' | 'args' | 'entrypoint'>;
const bare = BARE_SPEC;
const spec = (words: Partial<Words>): ContainerSpec => ({ ...bare, ...words });
const image: ImageFacts = { entrypoint: ['tini', '--'], command: ['start-notebook.py'], shell: true };

test('an image that no manager has starts as it is made: nobody is asked for its command', () => {
  expect(startWords(bare, null)).toEqual({});
  expect(startWords(spec({ command: ['lab'], args: ['-x'] }), null)).toEqual({ Args: ['lab', '-x'] });
  expect(startWords(spec({ entrypoint: ['tini'], command: ['lab'] }), null)).toEqual({
    Command: ['tini'],
    Args: ['lab'],
  });
});

test("arguments follow the image's own command; where nobody knows that, the start says so", () => {
  const args = spec({ args: ['--allow-root'] });
  expect(startWords(args, image)).toEqual({ Args: ['start-notebook.py', '--allow-root'] });
  expect(() => startWords(args, null)).toThrow(/pull lab:1 there/);
});

test('an entrypoint that is taken away is one empty word: an empty list would be the image’s own', () => {
  expect(startWords(spec({ entrypoint: [], command: ['lab'] }), image)).toEqual({
    Command: [''],
    Args: ['lab'],
  });
});

test('by way of the shell the same program starts, word by word', () => {
  const { Command: step, Args: words } = hiddenStartWords(spec({ args: ['a b', '$HOME'] }), image);
  expect(words).toEqual(['tini', '--', 'start-notebook.py', 'a b', '$HOME']);
  expect(step?.slice(0, 2)).toEqual(['/bin/sh', '-c']);
  expect(step?.[2]).toContain('/run/secrets/berth-environment');
});

test('who replaces the entrypoint leaves out the image’s command, as engines have it', () => {
  const { Args: words } = hiddenStartWords(spec({ entrypoint: ['lab'] }), image);
  expect(words).toEqual(['lab']);
});

test('nothing is hidden in an image without a shell, without a program, or that nobody has seen', () => {
  expect(canHide(bare, image)).toBe(true);
  expect(canHide(bare, { ...image, shell: false })).toBe(false);
  expect(canHide(bare, { entrypoint: [], command: [], shell: true })).toBe(false);
  expect(canHide(bare, null)).toBe(false);
});
