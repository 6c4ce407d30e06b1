// `berth mask PROJECT FOLDER`: what the script of `berth support-bundle` runs in a container of its own. Every file in
// FOLDER loses the secrets of PROJECT, and whatever looks like one.
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { secretsOfEnv, secretsOfYaml } from './config/secret-words.ts';
import { maskText } from './domain/mask-text.ts';

const [project = '/srv/berth', folder = '/bundle'] = process.argv.slice(3);

const secrets = [
  ...(await each('', /^\.env$/, secretsOfEnv)),
  ...(await each('', /^config\.ya?ml$/, secretsOfYaml)),
  ...(await each('config.d', /\.ya?ml$/, secretsOfYaml)),
  ...(await each('secrets', /\.env$/, secretsOfEnv)),
  // Keys and words as they are; certificates are for everybody, and the folder's README is made of everybody's words.
  ...(await each('secrets', /^(?!README\.md$|.*\.(crt|env)$)/, (text) => [
    text.trim(),
    ...text.split(/\s+/),
  ])),
];
for (const name of await readdir(folder)) {
  const path = join(folder, name);
  await writeFile(path, maskText(await readFile(path, 'utf8'), secrets));
}

/** The secrets in those files of a folder of the project whose names fit. A folder that is missing holds none. */
async function each(
  place: string,
  names: RegExp,
  secretsOf: (text: string) => readonly string[],
): Promise<readonly string[]> {
  const found = await readdir(join(project, place), { withFileTypes: true }).catch(
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return [];
      throw error;
    },
  );
  const files = found.filter((entry) => !entry.isDirectory() && names.test(entry.name));
  const texts = await Promise.all(files.map(({ name }) => readFile(join(project, place, name), 'utf8')));
  return texts.flatMap(secretsOf);
}
