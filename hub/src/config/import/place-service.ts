import { isDict, type PythonValue } from '../python/value.ts';
import type { Step } from './outcome.ts';
import { complaintAbout, NAMES } from './place-trait.ts';

type Of = { readonly line: number; readonly name: string };

/** What `jupyterhub-idle-culler` is called on a command line, its old form among the examples too. */
const CULLER = /jupyterhub[_-]idle[_-]culler|cull_idle_servers/;
/** Its own default; ours is longer. */
const CULLER_TIMEOUT = 600;

/** Whether this service of a `JupyterHub.services` is the idle culler, which is part of this hub. */
export function isCuller(service: PythonValue): boolean {
  return isDict(service) && wordsOf(service.command).some((word) => CULLER.test(word));
}

/** What becomes of one entry of `JupyterHub.services`. */
export function placeService(of: Of, service: PythonValue): readonly Step[] {
  if (!isDict(service) || typeof service.name !== 'string') {
    return [{ kind: 'left', ...of, reason: 'has a service without a name' }];
  }
  const its = { ...of, name: `${of.name} ${service.name}` };
  if (isCuller(service)) return culler(its, wordsOf(service.command));
  if (service.command !== undefined) {
    const reason =
      'is started by JupyterHub, and this hub starts no services: run it by itself, and name it without `command`';
    return [{ kind: 'left', ...its, reason }];
  }
  const { name, ...rest } = service;
  const complaint = complaintAbout('services', { [name as string]: rest });
  if (complaint !== null) return [{ kind: 'left', ...its, reason: complaint }];
  return [{ kind: 'placed', ...its, path: ['hub', 'services', service.name], value: rest }];
}

function wordsOf(command: PythonValue | undefined): readonly string[] {
  if (typeof command === 'string') return command.split(/\s+/);
  return Array.isArray(command) ? command.map(String) : [];
}

/** Options of the culler and their places. */
const OPTIONS: ReadonlyMap<string, string> = new Map([
  ['timeout', 'cull.timeout'],
  ['cull-every', 'cull.every'],
  ['concurrency', 'cull.concurrency'],
  ['max-age', 'cull.maxAge'],
  ['cull-users', 'cull.users'],
  ['remove-named-servers', 'cull.removeNamedServers'],
  ['cull-admin-users', 'cull.adminUsers'],
]);

function culler(of: Of, words: readonly string[]): readonly Step[] {
  const said = optionsOf(words);
  const steps: Step[] = [{ kind: 'placed', ...of, path: ['cull', 'enabled'], value: true }];
  const all = said.has('timeout') ? said : new Map([...said, ['timeout', String(CULLER_TIMEOUT)]]);
  for (const [option, value] of all) {
    const its = { ...of, name: `${of.name} --${option}` };
    const path = OPTIONS.get(option);
    if (path === undefined || !NAMES.paths.has(path)) {
      steps.push({
        kind: 'meaningless',
        ...its,
        reason: 'has no effect: the culler of this hub has no such setting',
      });
    } else {
      const note = said.has(option) ? {} : { note: 'its default there' };
      steps.push({ kind: 'placed', ...its, path: path.split('.'), value: plain(value), ...note });
    }
  }
  return steps;
}

/** `--timeout=3600 --cull-every 60 --cull-users` → names and words; a bare one is `true`. */
function optionsOf(words: readonly string[]): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const [at, word] of words.entries()) {
    const [, name, value] = /^--([A-Za-z][\w-]*)(?:=(.*))?$/.exec(word) ?? [];
    if (name === undefined) continue;
    const next = words[at + 1];
    const following = next === undefined || next.startsWith('-') ? 'true' : next;
    found.set(name.replaceAll('_', '-'), value ?? following);
  }
  return found;
}

function plain(word: string): string | number | boolean {
  if (/^\d+$/.test(word)) return Number(word);
  return /^(true|false)$/i.test(word) ? word.toLowerCase() === 'true' : word;
}
