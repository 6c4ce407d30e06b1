import type { Notebook, NotebookStatus } from '../../domain/ports.ts';
import { askKernel } from './ask-kernel.ts';
import { readKernels, readStatus, readTerminals } from './notebook-answers.ts';

/** For one question while a start waits; the next one comes soon. */
const PROBE_MS = 3_000;
/** For one question of the culler; a busy server may take its time. */
const STATUS_MS = 10_000;
/** What a notebook says about itself is small; what comes from a container is not trusted to be. */
const ANSWER_BYTES = 1024 * 1024;

/** Talks to notebook servers at their own address. Redirects are never followed: the token goes nowhere else. */
export function makeNotebookClient(): Notebook {
  return {
    async answers(target, path, signal) {
      const status = await statusOf(`${target}${path}api`, {}, signal);
      return status !== null && status < 500;
    },

    async isWell(url, headers, signal) {
      const status = await statusOf(url, headers, signal);
      return status !== null && (status < 400 || status === 401 || status === 403);
    },

    async status(target, path, token) {
      const [status, kernels, terminals] = await Promise.all([
        ask(`${target}${path}api/status`, token),
        ask(`${target}${path}api/kernels`, token),
        ask(`${target}${path}api/terminals`, token),
      ]);
      return combine(status, kernels, terminals);
    },

    askKernel: (target, path, token, kernel) => askKernel(`${target}${path}`, token, kernel),
  };
}

async function statusOf(
  url: string,
  headers: Readonly<Record<string, string>>,
  signal: AbortSignal,
): Promise<number | null> {
  try {
    const until = AbortSignal.any([signal, AbortSignal.timeout(PROBE_MS)]);
    const response = await fetch(url, { redirect: 'manual', headers: { ...headers }, signal: until });
    await response.body?.cancel();
    return response.status;
  } catch {
    // Not listening yet, not finished yet, given up: all of them mean "ask again".
    return null;
  }
}

/** Kernels decide; a server without terminals or status page (they can be switched off) still counts. */
function combine(status: unknown, kernels: unknown, terminals: unknown): NotebookStatus | null {
  const running = readKernels(kernels);
  if (running === null) return null;
  const open = readTerminals(terminals) ?? [];
  const work = [...running.map((kernel) => kernel.lastActivity), ...open];
  return {
    kernels: running.length,
    busyKernels: running.filter((kernel) => kernel.busy).length,
    terminals: open.length,
    lastActivity: latest([readStatus(status), ...work]),
    lastWork: latest(work),
    idleKernels: running.flatMap(({ idle }) => (idle === null ? [] : [idle])),
  };
}

function latest(times: readonly (number | null)[]): number | null {
  const known = times.filter((time) => time !== null);
  return known.length === 0 ? null : Math.max(...known);
}

/** The answer's JSON, or null when there is none in time. */
async function ask(url: string, token: string): Promise<unknown> {
  try {
    // Looking must not count as activity, or nobody would ever be idle.
    const response = await fetch(`${url}?no_track_activity=1`, {
      redirect: 'manual',
      headers: { authorization: `token ${token}` },
      signal: AbortSignal.timeout(STATUS_MS),
    });
    if (response.status !== 200) {
      await response.body?.cancel();
      return null;
    }
    return JSON.parse(await readBounded(response));
  } catch {
    // The port's word for all of it is null: the caller asks again at its next look.
    return null;
  }
}

async function readBounded(response: Response): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  let bytes = 0;
  for await (const chunk of response.body ?? []) {
    bytes += chunk.byteLength;
    if (bytes > ANSWER_BYTES) throw new Error('the answer is too long');
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}
