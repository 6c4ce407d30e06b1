import type { Ask, Command } from './command.ts';
import { configuration } from './commands/configuration.ts';
import { groups } from './commands/groups.ts';
import { invite } from './commands/invite.ts';
import { setupLink, token, users } from './commands/people.ts';
import { cull, logs, servers } from './commands/servers.ts';
import { shares } from './commands/shares.ts';
import { health, status } from './commands/status.ts';
import { images, volumes } from './commands/storage.ts';
import { audit, backupMade, doctor } from './commands/upkeep.ts';
import type { Outcome } from './outcome.ts';

/** By their word, in the order in which the help lists them. */
const COMMANDS: Readonly<Record<string, Command>> = {
  status,
  users,
  groups,
  servers,
  shares,
  cull,
  volumes,
  images,
  logs,
  token,
  doctor,
  audit,
  health,
  'setup-link': setupLink,
  invite,
  'backup-made': backupMade,
  config: configuration,
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
  const former =
    '  import FILE          People, groups and tokens of a jupyterhub.sqlite; --apply takes them over.';
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
    former,
    '',
    hostTitle,
    ...host,
    '',
    '`--json` after any of them: the answer for a script.',
    'Exit codes: 0 done, 1 failed, 2 wrong words or configuration, 3 nothing to give or something left to do,',
    '            4 the hub is not reached, 5 the doctor warns.',
  ].join('\n');
}
