import { spawn } from 'node:child_process';

export interface Ran {
  readonly code: number;
  /** Both outputs, as they came. */
  readonly output: string;
}

/** Runs a program with an end; does not throw when it fails. */
export async function shell(
  directory: string,
  words: readonly string[],
  {
    environment = {},
    seconds = 900,
  }: { environment?: Readonly<Record<string, string>>; seconds?: number } = {},
): Promise<Ran> {
  const [program = 'true', ...rest] = words;
  const child = spawn(program, rest, {
    cwd: directory,
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: seconds * 1000,
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
  }
  const code = await new Promise<number>((done, failed) => {
    child.once('error', failed);
    child.once('close', (status) => done(status ?? 124));
  });
  return { code, output };
}

/** The same; @throws Error with the last lines when it fails. */
export async function must(...[directory, words, options]: Parameters<typeof shell>): Promise<string> {
  const { code, output } = await shell(directory, words, options);
  if (code !== 0) throw new Error(`${words.join(' ')} ended with ${code}:\n${output.slice(-3000)}`);
  return output.trim();
}

/** Health checks on a machine that many share: an overlay that gives them half a minute each. */
export const PATIENT = {
  path: 'patient.yaml',
  text: `services:\n${['hub', 'proxy'].map((name) => `  ${name}:\n    healthcheck:\n      timeout: 30s\n`).join('')}`,
  settings: { COMPOSE_FILE: 'compose.yaml:patient.yaml' },
} as const;
