import type { Ask, Command } from './command.ts';
import type { Outcome } from './outcome.ts';
import { QUESTIONS } from './question-commands.ts';
import { sentenceOf } from './sentence.ts';

const COMMANDS: Readonly<Record<string, Command>> = {
  ...QUESTIONS,
  health: {
    usage: 'health',
    doc: 'Say whether the hub, its store, the proxy and the engine are well; exit 1 if not.',
    async run(ask) {
      const { status, body } = await ask('GET', '/health');
      const text = JSON.stringify(body);
      return status === 200 ? { code: 0, out: text } : { code: 1, error: text };
    },
  },
  'setup-link': {
    usage: 'setup-link',
    doc: 'Print a new one-time link for the first administrator; exit 3 if there is one already.',
    async run(ask) {
      const { status, body } = await ask('POST', '/setup-link');
      if (status === 201) return { code: 0, out: String(body.path) };
      if (status === 409) return { code: 3, error: sentenceOf(body) };
      return { code: 1, error: sentenceOf(body) };
    },
  },
  invite: {
    usage: 'invite NAME',
    doc: 'Print a one-time link with which NAME chooses a password (for a new person, or a forgotten one).',
    async run(ask, [name]) {
      if (name === undefined) return { code: 2, error: 'Say whom to invite: invite NAME' };
      const { status, body } = await ask('POST', `/invite/${encodeURIComponent(name)}`);
      return status === 201 ? { code: 0, out: String(body.path) } : { code: 1, error: sentenceOf(body) };
    },
  },
};

/** Carries out one command line, without the program's own name. */
export async function runCommand(ask: Ask, [name, ...words]: readonly string[]): Promise<Outcome> {
  const command = name !== undefined && Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (command === undefined) return { code: 2, error: usage() };
  try {
    return await command.run(ask, words);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { code: 4, error: `The hub does not answer (${reason}). Is it running? See \`make status\`.` };
  }
}

function usage(): string {
  const lines = Object.values(COMMANDS).map(({ usage, doc }) => `  ${usage.padEnd(20)} ${doc}`);
  const config =
    '  config …             check, show, docs [NAME], generate: the configuration, also without a running hub';
  return ['Commands:', ...lines, config].join('\n');
}
