import { tmpdir } from 'node:os';
import { expect, test } from 'vitest';
import { readBlocks, runBlock } from './shell-blocks.ts';

const PAGE = `# A page
\`\`\`sh
echo one
false
echo two
\`\`\`
- In a list:
  \`\`\`yaml title=config.d/a.yaml
  a:
    b: 1
  \`\`\`
\`\`\`
no language
\`\`\`
`;

test('blocks have their language, their file and their line, and text without the list’s indent', () => {
  expect(readBlocks(PAGE)).toEqual([
    { language: 'sh', file: '', line: 2, text: 'echo one\nfalse\necho two\n' },
    { language: 'yaml', file: 'config.d/a.yaml', line: 8, text: 'a:\n  b: 1\n' },
    { language: '', file: '', line: 12, text: 'no language\n' },
  ]);
});

test('a fence that is not closed is told with its line', () => {
  expect(() => readBlocks('a\n```sh\necho')).toThrow('line 2 is not closed');
});

test('a block stops at the command that fails, and says which block and why', async () => {
  const [block] = readBlocks(PAGE);
  if (block === undefined) throw new Error('no block');
  await expect(runBlock(block, tmpdir())).rejects.toThrow(/block of line 2[\s\S]*one\n/);
  await expect(runBlock(block, tmpdir())).rejects.not.toThrow(/\ntwo/);
  expect(await runBlock({ ...block, text: 'echo $WORD' }, tmpdir(), { WORD: 'told' })).toBe('told');
});
