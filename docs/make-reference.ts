import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { namesOf } from '../hub/src/config/setting-names.ts';
import { SETTINGS } from '../hub/src/config/settings.ts';
import { PROBLEMS } from '../hub/src/domain/problem.ts';

/** The pages of the reference that are made from the code, by file name. A unit test compares them. */
export function referencePages(): Readonly<Record<string, string>> {
  return { 'errors.md': errorsPage(), 'settings.md': settingsPage() };
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
  const rows = Object.values(SETTINGS).map((setting) => {
    const trait = namesOf(setting)
      .map((name) => `\`${name}\``)
      .join(', ');
    const fallback =
      'fallback' in setting && setting.fallback !== undefined ? `\`${cell(setting.fallback)}\`` : '';
    return `| \`${setting.env}\` | ${fallback} | ${cell(setting.doc)} | ${trait} |`;
  });
  return page('Settings', [
    'One `NAME=value` a line in `.env`; in force after the next `make up`. A value that is left empty takes the default.',
    'Those of `userlist` are in force the moment the file is saved.',
    '',
    '| name | default | what it does | called elsewhere |',
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
