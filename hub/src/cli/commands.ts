import type { Ask, Command } from './command.ts';
import { invite, setupLink, token, users } from './commands/people.ts';
import { cull, logs, servers } from './commands/servers.ts';
import { health, status } from './commands/status.ts';
import { audit, backupMade, doctor } from './commands/upkeep.ts';
import type { Outcome } from './outcome.ts';

/** By their word, in the order in which the help lists them. */
const COMMANDS: Readonly<Record<string, Command>> = {
  status,
  users,
  servers,
  cull,
  logs,
  token,
  doctor,
  audit,
  health,
  'setup-link': setupLink,
  invite,
  'backup-made': backupMade,
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
  const host = [
    ['backup [FILE]', 'Write store, secrets, configuration and files into one archive; backup --check FILE.'],
    ['restore FILE', 'Put such an archive back.'],
    ['upgrade --check', 'What an upgrade would do; upgrade: do it.'],
    ['support-bundle', 'Versions, states and logs for whoever helps, without secrets.'],
  ].map(([usage = '', doc]) => `  ${usage.padEnd(20)} ${doc}`);
  const hostTitle = 'On the machine itself (./berth):';
  return [
    'Commands:',
    ...lines,
    config,
    '',
    hostTitle,
    ...host,
    '',
    '`--json` after any of them: the answer for a script.',
  ].join('\n');
}
