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

/**
 * An overlay for a machine that many share: health checks get half a minute each, and the two networks have ranges of their
 * own, for an engine has about thirty to give. `range`: the first three numbers.
 */
export function patientOverlay(range: string): string {
  const services = ['hub', 'proxy'].map((name) => `  ${name}:\n    healthcheck:\n      timeout: 30s\n`);
  const networks = ['public', 'control'].map(
    (name, index) => `  ${name}:\n    ipam:\n      config: [{ subnet: ${range}.${16 * index}/28 }]\n`,
  );
  return `services:\n${services.join('')}networks:\n${networks.join('')}`;
}

export const PATIENT = {
  path: 'patient.yaml',
  settings: { COMPOSE_FILE: 'compose.yaml:patient.yaml' },
} as const;
