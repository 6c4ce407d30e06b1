import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { globSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { type Line, showLines } from './lines.ts';
import { ROWS } from './signin-rows.ts';

// Issue "Sign-in": every way a lab lets its people in, each proved against the real thing. One run of the suites,
// then each line of the issue is read from what they said. `--kept` takes what the last run said of the integration
// suites, which take a quarter of an hour.
const ROOT = join(import.meta.dirname, '../..');
const OUTPUT = join(ROOT, 'test/output');
const MATRIX = 'test/integration/signin/matrix.test.ts';

interface Outcome {
  readonly file: string;
  readonly name: string;
  readonly ok: boolean;
  readonly ms: number;
}

/** Suites of a project, and what each of their tests came to. One that cannot even be read is a failed test. */
async function run(project: 'unit' | 'integration', files: readonly string[]): Promise<readonly Outcome[]> {
  const report = join(OUTPUT, `signin-${project}.json`);
  mkdirSync(OUTPUT, { recursive: true });
  rmSync(report, { force: true });
  const words = [
    'run',
    '--project',
    project,
    '--reporter=default',
    '--reporter=json',
    `--outputFile=${report}`,
  ];
  const child = spawn(process.execPath, ['node_modules/vitest/vitest.mjs', ...words, ...files], {
    cwd: ROOT,
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, NO_COLOR: '1' },
  });
  await once(child, 'exit');
  return readReport(project);
}

function readReport(project: string): readonly Outcome[] {
  const report = join(OUTPUT, `signin-${project}.json`);
  const { testResults } = JSON.parse(readFileSync(report, 'utf8')) as { testResults: readonly Report[] };
  return testResults.flatMap(({ name, status, assertionResults }) => {
    const file = name.slice(ROOT.length + 1);
    const tests = assertionResults.map((one) => ({
      file,
      name: one.fullName.trim(),
      ok: one.status === 'passed',
      ms: one.duration ?? 0,
    }));
    return tests.length === 0 ? [{ file, name: 'the suite', ok: status === 'passed', ms: 0 }] : tests;
  });
}

interface Report {
  readonly name: string;
  readonly status: string;
  readonly assertionResults: readonly {
    readonly fullName: string;
    readonly status: string;
    readonly duration?: number | null;
  }[];
}

/** @throws Error with the names of the first that failed. */
function need(outcomes: readonly Outcome[], what: string): string {
  if (outcomes.length === 0) throw new Error(`${what}: no test tries it`);
  const failed = outcomes.filter(({ ok }) => !ok);
  if (failed.length > 0) {
    const names = failed.slice(0, 8).map(({ file, name }) => `${file}: ${name}`);
    throw new Error(`${what}: ${failed.length} of ${outcomes.length} failed\n${names.join('\n')}`);
  }
  return `${what}: ${outcomes.length} tests`;
}

const SIGN_IN = globSync('test/integration/signin/*.test.ts', { cwd: ROOT }).toSorted();
const ROW_FILES = [...new Set(ROWS.flatMap(({ by = [] }) => by.map(([file]) => file)))];
const UNIT = [
  ...ROW_FILES.filter((file) => !file.startsWith('test/')),
  'hub/src/adapters/identity',
  'hub/src/domain/admission',
  'hub/src/domain/next-url',
  'hub/src/http/pages/sign-in',
  'hub/src/http/pages/sessions',
  'hub/test/refresh',
  'hub/test/userlist-in-force',
];
const INTEGRATION = [...SIGN_IN, ...ROW_FILES.filter((file) => file.startsWith('test/integration/'))];

const kept = process.argv.includes('--kept');
const outcomes = [
  ...(await run('unit', [...new Set(UNIT)])),
  ...(kept ? readReport('integration') : await run('integration', [...new Set(INTEGRATION)])),
];
const from = (file: RegExp, name = /./): readonly Outcome[] =>
  outcomes.filter((one) => file.test(one.file) && name.test(one.name));

const COLUMNS = [
  'in',
  'refused',
  'sign-out',
  'refresh',
  'hub restart',
  'admin',
  'API token',
  'own server',
  'another’s server',
];
const DOORS = ['local', 'pam', 'pam + otp', 'github userlist', 'github org/team', 'oidc', 'dummy'];

/** Every door against every column. @throws Error with the table when a cell is not ok. */
function matrix(): string {
  const tests = from(new RegExp(`^${MATRIX}$`));
  const cell = (door: string, column: string): string => {
    const found = tests.find(({ name }) => name === `${door} ${column}`);
    return found === undefined ? 'untried' : found.ok ? 'ok' : 'FAILED';
  };
  const rows = DOORS.map((door) => [door, ...COLUMNS.map((column) => cell(door, column))]);
  const table = [['', ...COLUMNS], ...rows]
    .map((row) =>
      row
        .map((word, at) => word.padEnd(at === 0 ? 16 : 17))
        .join('')
        .trimEnd(),
    )
    .join('\n');
  if (rows.some((row) => row.slice(1).some((word) => word !== 'ok'))) throw new Error(table);
  return table;
}

/** Every row of the list, and how many probes there are beyond them. */
function probes(): string {
  const told = ROWS.map(({ number, what, by = [] }) => {
    const numbered = outcomes.filter(({ name }) => name.includes(`§8.${number} `));
    const named = by.flatMap(([file, name]) =>
      outcomes.filter((one) => one.file === file && name.test(one.name)),
    );
    return { number, what, tests: [...new Set([...numbered, ...named])] };
  });
  const bad = told.filter(({ tests }) => tests.length === 0 || tests.some(({ ok }) => !ok));
  const used = new Set(told.flatMap(({ tests }) => tests));
  const beyond = outcomes.filter((one) => one.file.startsWith('test/integration/signin/') && !used.has(one));
  if (bad.length > 0) {
    const names = bad.map(
      ({ number, what, tests }) =>
        `${number} ${what}: ${
          tests.length === 0
            ? 'untried'
            : tests
                .filter(({ ok }) => !ok)
                .map(({ name }) => name)
                .slice(0, 2)
                .join('; ')
        }`,
    );
    throw new Error(`${bad.length} of ${told.length} rows fall short\n${names.join('\n')}`);
  }
  need(beyond, 'probes beyond the rows');
  if (beyond.length < told.length)
    throw new Error(`only ${beyond.length} probes beyond the ${told.length} rows`);
  return `${told.length} rows by ${used.size} tests; ${beyond.length} probes beyond them`;
}

/** Failures of each counterpart: a page that says so, soon, and nobody in. */
function failures(): string {
  const kinds: readonly (readonly [string, readonly Outcome[]])[] = [
    ['GitHub', from(/signin\/probes/, /§8\.40/)],
    ['the realm', from(/signin\/oidc\.test/, /each failure of the realm/)],
    ['tokens of the realm', from(/identity\/generic-oauth\.test/)],
    ['PAM', from(/signin\/pam\.test/, /closed when in doubt|a crowd/)],
  ];
  const lines = kinds.map(([what, tests]) => {
    const longest = Math.max(0, ...tests.map(({ ms }) => ms));
    return `${need(tests, what)}, the longest test took ${(longest / 1000).toFixed(1)} s`;
  });
  return lines.join('\n');
}

function counterparts(): string {
  return [
    need(from(/signin\/oidc-browser\.test/), 'oidc-provider, in a browser'),
    need(from(/signin\/oidc\.test/), 'oidc-provider, by hand'),
    need(from(/signin\/pam(?:-flow)?\.test/), 'PAM with libpam-oath, codes from oathtool'),
    need(from(/identity\/github\.test/), 'the stand-in GitHub: organisations, teams, limits, failures'),
    need(from(/signin\/(?:local-accounts|second-step|trial)\.test/), 'local accounts, second step, dummy'),
    need(from(/hub\/test\/refresh\.test/), 'asking again'),
  ].join('\n');
}

const LINES: readonly Line[] = [
  { number: '1', what: 'Real counterparts', show: async () => counterparts() },
  { number: '2', what: 'The matrix', show: async () => matrix() },
  { number: '3', what: 'The probes of reference §8, and as many again', show: async () => probes() },
  { number: '4', what: 'Failures of each counterpart', show: async () => failures() },
];

await showLines('Sign-in: every way a lab lets its people in', LINES);
