import { Problem, type ProblemCode, type ProblemFacts } from '../../domain/problem.ts';

type Rule = readonly [RegExp, ProblemCode];

// The first that fits. Engines from 20.10 to 28 word these differently.
const ENGINE_RULES: readonly Rule[] = [
  [/no space left on device|disk quota exceeded/i, 'SPAWN-110'],
  [/does not match the specified platform|exec format error/i, 'SPAWN-103'],
  [/is already in use by container|name conflicts with an existing object/i, 'SPAWN-141'],
  [/could not select device driver|nvidia-container-cli|error gathering device information/i, 'SPAWN-130'],
  [/no such image/i, 'SPAWN-101'],
  // Of a Swarm whose managers are fewer than half.
  [/swarm does not have a leader|not a swarm manager|code = DeadlineExceeded/i, 'SPAWN-150'],
  [
    /invalid mount|bind source path|error (while )?mounting|failed to mount|volume driver|plugin/i,
    'SPAWN-131',
  ],
];

// Of registries, in lines of a download. Docker Hub says "denied" of what does not exist, too.
const PULL_RULES: readonly Rule[] = [
  [/no space left on device|disk quota exceeded/i, 'SPAWN-110'],
  [/no matching manifest|does not match the specified platform/i, 'SPAWN-103'],
  [/does not exist|manifest unknown|not found|name unknown|invalid reference format/i, 'SPAWN-101'],
  [/unauthorized|authentication required|denied|forbidden|no basic auth credentials/i, 'SPAWN-102'],
  [
    /no such host|connection refused|i\/o timeout|TLS handshake|x509|network is unreachable|no route to host|Client\.Timeout|deadline exceeded|connection reset|unexpected EOF|proxyconnect|server misbehaving|without the image/i,
    'SPAWN-105',
  ],
];

/** Of the client: the engine itself cannot be reached. */
const ENGINE_AWAY = new Set([
  'ENOENT',
  'ECONNREFUSED',
  'EACCES',
  'ECONNRESET',
  'EPIPE',
  'ENOTSOCK',
  'EAI_AGAIN',
  'ENOTFOUND',
  'ETIMEDOUT',
]);

/**
 * What the engine said, in the words of the catalogue. Problems pass through as they are.
 *
 * Engine answers carry `statusCode` and `json.message`; failures to reach it a `code`; deadlines are DOMExceptions.
 */
export function translateError(error: unknown): Problem {
  return translate(error, ENGINE_RULES, {});
}

/** As {@link translateError}, for what a registry said to the engine. */
export function translatePullError(error: unknown, image: string): Problem {
  return translate(error, PULL_RULES, { image });
}

function translate(error: unknown, rules: readonly Rule[], asked: ProblemFacts): Problem {
  if (error instanceof Problem) return error;
  const options = { cause: error };
  if (engineIsAway(error)) return new Problem('SPAWN-150', { detail: awayWords(error) }, options);
  const detail = wordsOf(error);
  const rule = rules.find(([words]) => words.test(detail));
  return new Problem(rule?.[1] ?? 'SPAWN-199', { ...asked, detail }, options);
}

function engineIsAway(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if (error.name === 'TimeoutError' || error.name === 'AbortError') return true;
  return ENGINE_AWAY.has((error as NodeJS.ErrnoException).code ?? '');
}

function awayWords(error: unknown): string {
  if (!(error instanceof Error)) return 'no answer';
  const { code, name } = error as NodeJS.ErrnoException;
  if (name === 'TimeoutError') return 'it did not answer in time';
  if (code === 'EACCES') return 'no permission to open its socket (EACCES)';
  if (code === 'ENOENT') return 'its socket is not there (ENOENT)';
  if (code === 'ECONNREFUSED') return 'nothing listens on its socket (ECONNREFUSED)';
  return code ?? error.message;
}

/** The engine's own sentence, without the client library's wrapping. */
function wordsOf(error: unknown): string {
  const told = (error as { json?: { message?: unknown } } | null)?.json?.message;
  const words = typeof told === 'string' ? told : error instanceof Error ? error.message : String(error);
  return words.trim().slice(0, 1000);
}
