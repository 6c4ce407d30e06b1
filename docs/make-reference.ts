import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { configSchema, yamlPaths } from '../hub/src/config/document-settings.ts';
import type { Setting } from '../hub/src/config/setting.ts';
import { SETTINGS } from '../hub/src/config/settings.ts';
import { PROBLEMS } from '../hub/src/domain/problem.ts';

/** The pages of the reference that are made from the code, by file name. A unit test compares them. */
export function referencePages(): Readonly<Record<string, string>> {
  return {
    'errors.md': errorsPage(),
    'settings.md': settingsPage(),
    'config.schema.json': `${JSON.stringify(configSchema(), null, 2)}\n`,
  };
}

const MADE = '<!-- Made by `npm run docs` from the code. Change it there. -->';

function errorsPage(): string {
  const rows = Object.entries(PROBLEMS).map(
    ([code, { status, title, user, admin }]) =>
      `| ${code} | ${status} | ${cell(title)} | ${cell(user)} | ${cell(admin)} |`,
  );
  return page('Errors', [
    'Every failure that a person is told of, by its code. Words in braces are filled in when it happens. The short',
    'number on an error page stands in the same line of the log: `make logs`.',
    '',
    '| code | status | title | what the person is told | what the administrator is told |',
    '| --- | --- | --- | --- | --- |',
    ...rows,
  ]);
}

function settingsPage(): string {
  const rows = Object.entries<Setting<unknown>>(SETTINGS).map(([name, setting]) => {
    const { env, fallback, secret, reload, since } = setting;
    const names = yamlPaths(name, setting)
      .map((path) => `\`${path.replace('hub.config.', '')}\``)
      .join(', ');
    const marks = [
      ...(secret === true ? ['secret'] : []),
      ...(reload === true ? ['at once'] : []),
      ...(since === undefined ? [] : [`since ${since}`]),
    ];
    const doc = `${cell(setting.doc)}${marks.length === 0 ? '' : ` *(${marks.join(', ')})*`}`;
    return `| \`${env}\` | ${fallback === undefined ? '' : `\`${cell(fallback)}\``} | ${doc} | ${names} |`;
  });
  return page('Settings', [
    'Each setting can be written in five places; later ones win: its default, `config.yaml`, `config.d/*.yaml` in the order',
    'of their names, `.env` (or the environment), the command line of `berth serve`.',
    '',
    '- In `.env`: one `NAME=value` a line, with the name in the first column. A value that is left empty takes the default.',
    '- In `config.yaml`: names in the last column that begin with a capital stand under `hub.config`, so',
    '  `Spawner.mem_limit` is `hub: {config: {Spawner: {mem_limit: 2G}}}`; the others stand where they say, as in the',
    '  `config.yaml` of Zero to JupyterHub. Lists and mappings are written as YAML has them.',
    '- On the command line: `--Spawner.mem_limit=2G`.',
    '',
    'In force after the next `make up`; those marked *at once*, and the file `userlist`, the moment the file is saved.',
    '`berth config check` tells every mistake with its place before anything starts, `berth config show` which value is',
    'in force and who said it. An editor that knows JSON Schema completes `config.yaml` with `config.schema.json` beside',
    'this page.',
    '',
    '| name in `.env` | default | what it does | name in `config.yaml` and elsewhere |',
    '| --- | --- | --- | --- |',
    ...rows,
  ]);
}

function page(title: string, lines: readonly string[]): string {
  return `${[`# ${title}`, '', MADE, '', ...lines].join('\n')}\n`;
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('\n', ' ');
}

if (import.meta.main) {
  for (const [name, text] of Object.entries(referencePages())) {
    writeFileSync(join(import.meta.dirname, 'reference', name), text);
    console.log(`docs/reference/${name}`);
  }
}
