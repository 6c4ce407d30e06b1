import { globSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { ROWS } from '../prove/signin-rows.ts';
import { DEPENDENCY_REASONS } from './dependency-reasons.ts';
import { lockedPackages, namedPackages } from './lock-file.ts';

export const ROOT = join(import.meta.dirname, '../..');
const PROBES = /(?<=<!-- probes -->\n)[\s\S]*(?=<!-- \/probes -->)/;

/** A row of the table of requirements. */
export interface Requirement {
  readonly id: string;
  readonly level: string;
  readonly metBy: string;
  /** File and part of a test's name; an empty part: the file as a whole. */
  readonly proofs: readonly (readonly [file: string, title: string])[];
}

export const readPage = (name: string): string => readFileSync(join(ROOT, 'docs/explanation', name), 'utf8');

/** Every row of docs/explanation/security.md that begins with the number of a requirement. */
export function requirements(page: string): readonly Requirement[] {
  return [...page.matchAll(/^\| (\d+\.\d+\.\d+) \| (\d) \| [^|]+ \| ([^|]+) \| ([^|]*)\|$/gm)].map(
    ([, id = '', level = '', metBy = '', proofs = '']) => ({
      id,
      level,
      metBy,
      proofs: [...proofs.matchAll(/`([^`]+)`(?: “([^”]*)”)?/g)].map(
        ([, file = '', title = '']) => [file, title] as const,
      ),
    }),
  );
}

/** Those that do not apply, from the table of the page that says why. */
export function leftOut(page: string): readonly string[] {
  const [, table = ''] = /### What does not apply\n([\s\S]*?)\n## /.exec(page) ?? [];
  return [...table.matchAll(/\d+\.\d+\.\d+/g)].map(([id]) => id);
}

/** What follows `test(`, `it(`, `describe(` and their tables of cases. */
const TITLES = /(?:\b(?:test|it|describe)\(|\)\()\s*(['"`])((?:\\.|(?!\1)[\s\S])*)\1/g;

/** File name → the titles of its tests, a line each; of what is no test, its text. */
export function sourceTexts(): ReadonlyMap<string, string> {
  const texts = new Map<string, string>();
  for (const path of globSync('{hub,proxy,test,notebook-images}/**/*.{ts,tsx}', { cwd: ROOT })) {
    const name = basename(path);
    const text = readFileSync(join(ROOT, path), 'utf8');
    const told = name.includes('.test.')
      ? [...text.matchAll(TITLES)].map(([, , title]) => title).join('\n')
      : text;
    texts.set(name, `${texts.get(name) ?? ''}\n${told}`);
  }
  return texts;
}

/** What the reference has us try, and where it is tried. */
export function withProbes(page: string): string {
  const rows = ROWS.map(({ number, what, by = [] }) => {
    const files = by.map(([file]) => `\`${basename(file)}\``).join('; ');
    return `| §8.${number} | ${what} | ${files === '' ? `tests named “§8.${number} …”` : files} |`;
  });
  const table = ['| row | what is tried | by |', '| --- | --- | --- |', ...rows].join('\n');
  return page.replace(PROBES, `${table}\n`);
}

/** docs/explanation/dependencies.md. */
export function dependenciesPage(): string {
  const licences = new Map(lockedPackages().map(({ name, licence }) => [name, licence]));
  const table = (packages: Readonly<Record<string, string>>): string[] => [
    '| package | version | licence | why |',
    '| --- | --- | --- | --- |',
    ...Object.entries(packages).map(
      ([name, version]) =>
        `| ${name} | ${version} | ${licences.get(name) ?? ''} | ${DEPENDENCY_REASONS[name] ?? ''} |`,
    ),
  ];
  const { production, development } = namedPackages();
  return [
    '# Parts of others',
    '',
    '<!-- Made by `npm run docs:security` from package.json and test/security/dependency-reasons.ts. Change it there. -->',
    '',
    'Every package that Berth names, and why it is there. Versions are exact, checksums stand in `package-lock.json`, and',
    'a test refuses a package without a reason, a licence that does not allow passing on, and a program that runs when a',
    'package is installed. `npm run audit` asks for advisories, `npm run sbom` lists everything, also what these bring along.',
    '',
    '## In the image',
    '',
    ...table(production),
    '',
    '## For development and tests',
    '',
    ...table(development),
    '',
  ].join('\n');
}

if (import.meta.main) {
  const path = (name: string): string => join(ROOT, 'docs/explanation', name);
  writeFileSync(path('security.md'), withProbes(readPage('security.md')));
  writeFileSync(path('dependencies.md'), dependenciesPage());
  console.log('docs/explanation/security.md\ndocs/explanation/dependencies.md');
}
