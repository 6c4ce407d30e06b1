import { normalizeUsername } from '../../domain/user.ts';
import type { Ask, Command } from '../command.ts';
import type { Outcome } from '../outcome.ts';
import { sentenceOf } from '../sentence.ts';
import { json, showWord } from '../show-rows.ts';

interface Invited {
  readonly name: string;
  readonly path: string;
}

interface Refused {
  readonly name: string;
  readonly message: string;
}

export const invite: Command = {
  usage: 'invite NAME…',
  doc: 'Print a one-time link with which NAME chooses a password; for several, a line each: name, tab, link.',
  async run(ask, words) {
    const names = onceEach(words.filter((word) => word !== '--json'));
    const [first] = names;
    if (first === undefined) return { code: 2, error: 'Say whom to invite: invite NAME…' };
    return names.length === 1 ? await inviteOne(ask, first, words) : await inviteAll(ask, names, words);
  },
};

/** A second link for the same person ends the first: a name that stands twice in a list is invited once. */
function onceEach(names: readonly string[]): readonly string[] {
  return [...new Map(names.map((name) => [normalizeUsername(name), name])).values()];
}

async function inviteOne(ask: Ask, name: string, words: readonly string[]): Promise<Outcome> {
  const { status, body } = await ask('POST', pathOf(name));
  return status === 201 ? showWord(String(body.path), body, words) : { code: 1, error: sentenceOf(body) };
}

/**
 * One refusal keeps nobody else's link back, and so does a hub that goes away in between: links that were made are
 * printed, and every other name is told with its reason.
 */
async function inviteAll(ask: Ask, names: readonly string[], words: readonly string[]): Promise<Outcome> {
  const invited: Invited[] = [];
  const refused: Refused[] = [];
  let away = '';
  for (const name of names) {
    const answer = away === '' ? await ask('POST', pathOf(name)).catch(reasonOf) : away;
    if (typeof answer === 'string') {
      away = answer;
      refused.push({ name, message: `The hub does not answer (${away}). Invite again.` });
    } else if (answer.status === 201) {
      invited.push({ name: String(answer.body.name), path: String(answer.body.path) });
    } else {
      refused.push({ name, message: sentenceOf(answer.body) });
    }
  }
  const code = away === '' ? 1 : 4;
  return { code: refused.length === 0 ? 0 : code, ...linesOf(invited, refused, words.includes('--json')) };
}

function linesOf(invited: readonly Invited[], refused: readonly Refused[], asJson: boolean) {
  const links = invited.map(({ name, path }) => `${name}\t${path}`).join('\n');
  const out = asJson ? json({ invited, refused }) : links;
  const error = refused.map(({ name, message }) => `${name}: ${message}`).join('\n');
  return { ...(out === '' ? {} : { out }), ...(error === '' ? {} : { error }) };
}

function pathOf(name: string): string {
  return `/invite/${encodeURIComponent(name)}`;
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
