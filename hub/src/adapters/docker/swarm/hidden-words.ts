import type { Sealer } from '../../../domain/ports.ts';
import { isSecretName } from '../log-text.ts';

/** Of a service: what its secret holds, sealed. A Swarm gives a secret to nobody but its tasks. */
export const SEALED_LABEL = 'org.berth.sealed';
/** Where the Swarm puts a secret of this name into a container; read by the shell, so each line is a command. */
export const SECRET_FILE = 'berth-environment';

export interface HiddenWords {
  /** What everybody may read who may look at a service. */
  readonly open: Readonly<Record<string, string>>;
  readonly hidden: Readonly<Record<string, string>>;
}

/** Takes the tokens out of an environment. Names that a shell cannot export stay. */
export function hideWords(environment: Readonly<Record<string, string>>): HiddenWords {
  const isHidden = ([name]: readonly [string, string]) => isSecretName(name) && /^[A-Za-z_]\w*$/.test(name);
  const entries = Object.entries(environment);
  return {
    open: Object.fromEntries(entries.filter((entry) => !isHidden(entry))),
    hidden: Object.fromEntries(entries.filter(isHidden)),
  };
}

/** Lines that any POSIX shell reads, whatever the values hold. */
export function exportLines(words: Readonly<Record<string, string>>): string {
  return Object.entries(words)
    .map(([name, value]) => `export ${name}='${value.replaceAll("'", `'\\''`)}'\n`)
    .join('');
}

/** Bound to one service of one hub: in another's label it opens nothing. */
const bindingOf = (instance: string, service: string) => `swarm ${instance} ${service}`;

export function sealWords(
  sealer: Sealer,
  words: Readonly<Record<string, string>>,
  instance: string,
  service: string,
): string {
  return sealer.seal(JSON.stringify(words), bindingOf(instance, service));
}

/** None when no key of this hub opens it. */
export function openWords(
  sealer: Sealer,
  sealed: string | undefined,
  instance: string,
  service: string,
): ReadonlyMap<string, string> {
  const text = sealed === undefined ? null : sealer.open(sealed, bindingOf(instance, service));
  if (text === null) return new Map();
  // What the sealer opens, this hub wrote.
  return new Map(Object.entries(JSON.parse(text) as Record<string, string>));
}
