import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { must, shell } from '../../prove/shell.ts';
import { docker } from '../locked-container.ts';

const ROOT = join(import.meta.dirname, '../../..');
const NAME = `berth-test-build-${process.pid}`;
const SMALL = 'debian:trixie-slim';

let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'berth-build-'));
  await must(ROOT, ['bash', 'compose/setup/extra-ca.sh']);
});
afterAll(async () => {
  const left = await docker(['image', 'ls', '-q', `${NAME}*`]);
  if (left !== '') await docker(['image', 'rm', '-f', ...new Set(left.split('\n'))]);
  for (const word of ['slow', 'quick']) {
    await must(ROOT, ['bash', 'compose/setup/remove-stages.sh', `${NAME}-${word}`, '1']);
  }
  await rm(directory, { recursive: true, force: true });
});

/** As every image of this project is built. */
function build(word: string, inputs: string): Promise<string> {
  const folder = join(directory, word);
  const words = ['bash', 'compose/setup/image.sh', `${NAME}-${word}`, `${NAME}-${word}`, inputs, folder];
  return must(ROOT, [...words, join(folder, 'Dockerfile')], { environment: { BUILD_NEEDS_MB: '100' } });
}

/** Two stages; between them, some seconds in which the first one belongs to nothing that has a name. */
async function twoStages(word: string, between: string, mark = '1'): Promise<void> {
  await mkdir(join(directory, word), { recursive: true });
  const text = `ARG BASE_IMAGE
FROM \${BASE_IMAGE} AS first
RUN echo ${NAME}-${mark} > /made
ARG STAGE_OF=
LABEL org.berth.stage=\${STAGE_OF}
FROM \${BASE_IMAGE}
RUN ${between}; echo ${NAME}-${mark}
COPY --from=first /made /made
`;
  await writeFile(join(directory, word, 'Dockerfile'), text);
}

const stages = async (word: string): Promise<number> => {
  const label = await must(ROOT, ['bash', 'compose/setup/remove-stages.sh', '--name', `${NAME}-${word}`]);
  const found = await docker([
    'image',
    'ls',
    '-q',
    '-f',
    'dangling=true',
    '-f',
    `label=org.berth.stage=${label}`,
  ]);
  return found === '' ? 0 : found.split('\n').length;
};

test('builds that run at the same time leave each other’s stages alone', async () => {
  await twoStages('slow', 'sleep 12');
  await twoStages('quick', 'true');
  const slow = build('slow', '1');
  // The quick one ends, and tidies up, while the slow one's first stage has no name.
  for (const inputs of ['1', '2', '3']) await build('quick', inputs);
  await slow;
  expect(await docker(['run', '--rm', `${NAME}-slow`, 'cat', '/made'])).toBe(`${NAME}-1`);
}, 300_000);

test('of an image’s own stages the newest stays, and of the image itself the one with the name', async () => {
  await twoStages('quick', 'true', '2');
  const before = await docker(['image', 'inspect', '-f', '{{.Id}}', `${NAME}-quick`]);
  await build('quick', '4');
  // A builder that keeps its stages to itself shows none.
  expect(await stages('quick')).toBeLessThanOrEqual(1);
  await expect(docker(['image', 'inspect', before])).rejects.toThrow(/no such image/i);
});

test('what an image is built from stands still: a second build does nothing, FRESH=1 does it all again', async () => {
  expect(await build('quick', '4')).toMatch(/up to date\.$/);
  const folder = join(directory, 'quick');
  const words = [
    'bash',
    'compose/setup/image.sh',
    'quick',
    `${NAME}-quick`,
    '4',
    folder,
    join(folder, 'Dockerfile'),
  ];
  const said = await must(ROOT, words, { environment: { FRESH: '1', BUILD_NEEDS_MB: '100' } });
  expect(said).toMatch(/built in \d+ s\.$/);
  const { output } = await shell(ROOT, ['grep', '-c', 'Using cache', 'compose/build/quick.log']);
  expect(output.trim()).toBe('0');
});

test('an image whose registry does not answer is left out, and said so; the others are built', async () => {
  const catalogue = join(directory, 'catalogue.yaml');
  const text = 'images:\n  - id: stacks\n    from: 127.0.0.1:9/nothing/here:1\n    needs: registry\n';
  await writeFile(catalogue, text);
  const own = join(directory, 'own');
  await mkdir(join(own, 'small'), { recursive: true });
  await writeFile(join(own, 'small', 'from'), `${SMALL}   # as it is\n`);
  const environment = {
    CATALOGUE: catalogue,
    OWN_IMAGES_DIR: own,
    NOTEBOOK_PREFIX: `${NAME}-`,
    BUILD_NEEDS_MB: '100',
  };
  const { code, output } = await shell(ROOT, ['bash', 'compose/setup/build-notebooks.sh'], { environment });
  expect(output).toMatch(new RegExp(`${NAME}-stacks +- +- +-  left out: no image registry answers`));
  expect(output).toMatch(new RegExp(`${NAME}-small +\\d+ MB +\\d+ MB +\\d+ s  built`));
  expect(code).toBe(0);
});

test.each([
  [
    'no such image',
    { IMAGE: 'nothing' },
    /There is no notebook image 'nothing'\.\nnext: +Choose one of: .*minimal/,
  ],
  ['a name that is a path', { IMAGE: '../minimal' }, /'\.\.\/minimal' cannot be the name/],
])('%s: one sentence, and what to do', async (_, environment, words) => {
  const { code, output } = await shell(ROOT, ['bash', 'compose/setup/build-notebook.sh', environment.IMAGE]);
  expect(output).toMatch(words);
  expect(code).not.toBe(0);
});

test('images of one’s own that are built on each other in a circle are refused', async () => {
  const own = join(directory, 'circle');
  for (const [id, from] of [
    ['one', 'other'],
    ['other', 'one'],
  ] as const) {
    await mkdir(join(own, id), { recursive: true });
    await writeFile(join(own, id, 'from'), from);
  }
  const environment = { OWN_IMAGES_DIR: own, NOTEBOOK_PREFIX: `${NAME}-` };
  const { code, output } = await shell(ROOT, ['bash', 'compose/setup/build-notebook.sh', 'one'], {
    environment,
  });
  expect(output).toContain('built on each other in a circle');
  expect(code).not.toBe(0);
});

test('BuildKit builds what the classic builder builds', async () => {
  // Through the engine's own API: the command line of some distributions comes without buildx.
  const context = join(directory, 'buildkit');
  await must(ROOT, ['cp', '-a', 'notebook-images/shared', context]);
  await must(context, [
    'bash',
    '-c',
    'mkdir shared machine before-notebook.d; : >machine/extra-ca.crt; : >machine/pip.conf; : >requirements.txt; echo tree >apt.txt; cp start.sh shared/; mv own.Dockerfile Dockerfile',
  ]);
  const query = new URLSearchParams({
    version: '2',
    t: `${NAME}-buildkit`,
    buildargs: JSON.stringify({ FROM_IMAGE: SMALL }),
  });
  const script =
    'tar -c . | curl -sS --fail --unix-socket /var/run/docker.sock -H "Content-Type: application/x-tar" --data-binary @- "$0"';
  await promisify(execFile)('bash', ['-c', script, `http://localhost/build?${query}`], {
    cwd: context,
    timeout: 280_000,
    maxBuffer: 64 * 2 ** 20,
  });
  expect(await docker(['run', '--rm', `${NAME}-buildkit`, 'tree', '--version'])).toMatch(/^tree v/);
}, 300_000);
