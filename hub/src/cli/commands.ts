import type { Ask, Command } from './command.ts';
import { invite, setupLink, token, users } from './commands/people.ts';
import { cull, logs, servers } from './commands/servers.ts';
import { health, status } from './commands/status.ts';
import type { Outcome } from './outcome.ts';

/** By their word, in the order in which the help lists them. */
const COMMANDS: Readonly<Record<string, Command>> = {
  status,
  users,
  servers,
  cull,
  logs,
  token,
  health,
  'setup-link': setupLink,
  invite,
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
  return ['Commands:', ...lines, config, '', '`--json` after any of them: the answer for a script.'].join(
    '\n',
  );
}
