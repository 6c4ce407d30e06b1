import { must } from '../reader-target.ts';
import type { FuzzHouse, Said } from './fuzz-house.ts';
import { type FuzzRequest, MARKUP, SECRET } from './make-request.ts';

export interface FuzzAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
}

/** Whatever is asked, and however: what an answer must be. @throws Broken */
export function checkAnswer(
  house: FuzzHouse,
  { route, path, method }: FuzzRequest,
  answer: FuzzAnswer,
): void {
  const { status, headers, text } = answer;
  const type = String(headers['content-type'] ?? '');
  must(text === '' || type !== '', 'an answer does not say what it is');
  const isText = text !== '' && /^text\/(?!event-stream)/.test(type);
  must(!isText || /charset=utf-8/i.test(type), `letters of no set: ${type}`);
  must(status !== 500 || tellsOfFailure(path, text), `answered 500: ${text.slice(0, 300)}`);
  must(
    status < 500 ||
      method === 'HEAD' ||
      status === 500 ||
      hasCode(text) ||
      status === 501 ||
      route.door === 'counter',
    `${status} without a code: ${text.slice(0, 300)}`,
  );
  if (status >= 400 && status !== 424 && method !== 'HEAD' && type.startsWith('text/html'))
    must(
      hasCode(text) || text.includes(`${status}`) || SENTENCE.test(text),
      `a page of ${status} that does not say so`,
    );
  if (status >= 400 && method !== 'HEAD' && type.startsWith('application/json'))
    must(
      typeof messageOf(text) === 'string' || hasCode(text),
      `${status} without a sentence: ${text.slice(0, 200)}`,
    );
  if (type.startsWith('text/html'))
    must(!text.includes(MARKUP) && !text.includes('<svg/onload=1>'), 'a page says unescaped what was sent');
  must(!text.includes(SECRET), 'an answer tells a secret');
  const { location } = headers;
  if (typeof location === 'string') must(staysHere(location, house), `leads to ${location}`);
  must(!/\n\s+at .*\.(?:ts|js):\d+/.test(text), 'an answer shows a stack');
}

/** Beside the form that was filled in, or at its field. */
const SENTENCE = /role="(?:alert|status)"|class="(?:wrong|alert|field-error)[^"]*"|aria-invalid="true"/;
/** A start that failed is told of with 500, as JupyterHub does; a fault of the hub's own has other words. */
const tellsOfFailure = (path: string, text: string): boolean =>
  /\/(?:spawn|spawn-pending|user|progress|servers?)\b/.test(path) &&
  !/Internal Server Error|Something went wrong in the hub|log says why/.test(text);
/** The code itself, or on a page the number under which the log has it. */
const hasCode = (text: string): boolean => /\b[A-Z]{2,8}-\d{3}\b|class="number"/.test(text);

function messageOf(text: string): unknown {
  const read: unknown = JSON.parse(text);
  if (typeof read !== 'object' || read === null) return null;
  if ('message' in read) return read.message;
  // OAuth's own errors (RFC 6749 §5.2).
  return 'error' in read ? read.error : null;
}

function staysHere(location: string, { origin }: FuzzHouse): boolean {
  const led = URL.parse(location, `${origin}/hub/`);
  return led !== null && led.origin === origin && !/^[/\\]{2}/.test(location);
}

/** What a hub says that met something nobody foresaw. */
const UNFORESEEN = /an API call failed|a command failed|uncaught|could not be sent|was not handled/;

/** @throws Broken for a line that tells a secret, or of a fault of our own. */
export function checkSaid(lines: readonly Said[]): void {
  for (const { level, what, message } of lines) {
    const whole = `${message} ${JSON.stringify(what, (_, value) => (value instanceof Error ? (value.stack ?? value.message) : value))}`;
    must(!whole.includes(SECRET), `the log tells a secret: ${whole.slice(0, 500)}`);
    must(whole.length < 20_000, `a line of the log of ${whole.length} letters: ${whole.slice(0, 200)}`);
    if (level !== 'error') continue;
    must(!UNFORESEEN.test(message), `the log tells of a fault: ${whole.slice(0, 1500)}`);
  }
}

/** Everything that a refused call must leave as it was; what moves by itself is left out. */
export function stateOf({ parts: { store } }: FuzzHouse): string {
  const users = [...store.users.values()].map(({ lastActivity: _, ...user }) => user);
  const shareCodes = [...store.shareCodes.values()].map(({ id, owner, scopes, expires }) => ({
    id,
    owner,
    scopes,
    expires,
  }));
  const named = [...store.tokens.values()].filter(
    ({ sessionId, server }) => sessionId === null && server === null,
  );
  return JSON.stringify([
    users,
    shareCodes,
    named.map(({ id, user, scopes, expires }) => ({ id, user, scopes, expires })),
    ...[store.groups, store.services, store.credentials, store.invitations].map((table) => [
      ...table.values(),
    ]),
    ...[store.shares, store.announcements, store.environments, store.volumeHomes].map((table) => [
      ...table.values(),
    ]),
  ]);
}
