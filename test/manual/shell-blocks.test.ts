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
  const plain = { file: '', exits: [0], notRun: '' };
  expect(readBlocks(PAGE)).toEqual([
    { ...plain, language: 'sh', line: 2, text: 'echo one\nfalse\necho two\n' },
    { ...plain, language: 'yaml', file: 'config.d/a.yaml', line: 8, text: 'a:\n  b: 1\n' },
    { ...plain, language: '', line: 12, text: 'no language\n' },
  ]);
});

test('a block says which exit codes are in order, and why it is not run', () => {
  expect(readBlocks('```sh exit=0,5 not-run="no registry answers here"\nx\n```')).toMatchObject([
    { exits: [0, 5], notRun: 'no registry answers here' },
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

const talk = (text: string, words = '') => readBlocks(`\`\`\`console${words}\n${text}\n\`\`\``)[0];
const crontab = readBlocks('```crontab\n15 3 * * 1-5 echo a && echo $(date +\\%Y)\n```')[0];

test.each([
  ['$ echo "a   b"\na b', true],
  ['$ seq 5\n…\n4\n5', true],
  ['$ echo took 7 s\ntook … s', true],
  ['$ seq 3\n1\n3', false],
  ['$ echo one.\nonex', false],
  ['$ seq 3\n1\n2', false],
])('an answer is held against the page’s: %j', async (text, fits) => {
  const block = talk(text);
  if (block === undefined) throw new Error('no block');
  const ran = await runBlock(block, tmpdir()).then(
    () => true,
    () => false,
  );
  expect(ran).toBe(fits);
});

test('an exit code that the page speaks of is in order, and no other', async () => {
  const [five, four] = ['5', '4'].map((code) => talk(`$ (exit ${code})`, ' exit=0,5'));
  if (five === undefined || four === undefined) throw new Error('no block');
  expect(await runBlock(five, tmpdir())).toBe('');
  await expect(runBlock(four, tmpdir())).rejects.toThrow('ended with 4');
});

test('of a crontab what cron would run is run', async () => {
  if (crontab === undefined) throw new Error('no block');
  expect(await runBlock(crontab, tmpdir())).toMatch(/^a\n20\d\d$/);
});
