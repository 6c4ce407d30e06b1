// `npm run check`: lint, types, import law, shell scripts, unit tests; timed. No engine, no network.
import { spawn } from 'node:child_process';
import { globSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
const results = join(root, 'test/output/results-unit.json');
const STEP_DEADLINE_MS = 10 * 60_000;

interface Step {
  readonly name: string;
  readonly command: string;
  readonly words: readonly string[];
}

interface Finished extends Step {
  readonly ok: boolean;
  readonly seconds: number;
  readonly output: string;
}

function run(step: Step): Promise<Finished> {
  const begun = performance.now();
  return new Promise((resolve) => {
    const child = spawn(step.command, step.words, {
      cwd: root,
      env: { ...process.env, NO_COLOR: '1', PATH: `${join(root, 'node_modules/.bin')}:${process.env.PATH}` },
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: STEP_DEADLINE_MS,
    });
    let output = '';
    child.stdout.on('data', (piece: Buffer) => {
      output += piece.toString();
    });
    child.stderr.on('data', (piece: Buffer) => {
      output += piece.toString();
    });
    const finish = (ok: boolean): void => {
      const seconds = (performance.now() - begun) / 1000;
      console.log(`${ok ? 'ok  ' : 'FAIL'}  ${step.name.padEnd(8)} ${seconds.toFixed(1)} s`);
      resolve({ ...step, ok, seconds, output });
    };
    child.on('error', (error) => {
      output += `${step.command}: ${error.message}\n`;
      finish(false);
    });
    child.on('close', (code) => finish(code === 0));
  });
}

mkdirSync(join(root, 'test/output'), { recursive: true });
const still: readonly Step[] = [
  { name: 'lint', command: 'npm', words: ['run', '--silent', 'lint'] },
  { name: 'types', command: 'npm', words: ['run', '--silent', 'types'] },
  { name: 'law', command: 'npm', words: ['run', '--silent', 'law'] },
  {
    name: 'shell',
    command: 'shellcheck',
    words: globSync(['{compose/setup,test/machine}/*.sh', 'notebook-images/*/{*.sh,start-*}'], { cwd: root }),
  },
];
const unit: Step = {
  name: 'unit',
  command: 'npm',
  words: [
    'run',
    '--silent',
    'unit',
    '--',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${results}`,
  ],
};

const begun = performance.now();
// The still ones side by side; unit tests alone, because some of them watch the clock.
const finished = await Promise.all(still.map(run));
finished.push(await run(unit));
for (const { name, ok, output } of finished) {
  if (!ok) console.log(`\n--- ${name} ---\n${output.trimEnd()}`);
}
console.log(`check: ${((performance.now() - begun) / 1000).toFixed(1)} s`);
process.exitCode = finished.every(({ ok }) => ok) ? 0 : 1;
