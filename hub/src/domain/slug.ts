import { isUsername } from './user.ts';

/**
 * Names on the engine for users and their servers.
 *
 * Rules: DockerSpawner's, so that containers and volumes of people who move here are found
 * (reference: spawner-and-appliance §1.3).
 */

function escapeWith(name: string, safe: RegExp, mark: string): string {
  let out = '';
  for (const byte of new TextEncoder().encode(name)) {
    const letter = String.fromCharCode(byte);
    out += safe.test(letter) ? letter : `${mark}${byte.toString(16).padStart(2, '0')}`;
  }
  return out;
}

/** DockerSpawner ≥ 12: safe are a–z and 0–9, `-` escapes. `foo-bar` → `foo-2dbar`. */
export function escapeDash(name: string): string {
  return escapeWith(name, /[a-z0-9]/, '-');
}

/** DockerSpawner ≤ 0.11: safe are letters, digits and `-`, `_` escapes in capitals. `foo.bar` → `foo_2Ebar`. */
export function escapeUnderscore(name: string): string {
  return escapeWith(name, /[A-Za-z0-9-]/, '_').replace(/_[0-9a-f]{2}/g, (code) => code.toUpperCase());
}

/** `jupyter-alice`, or `jupyter-alice--gpu`. Escaped names hold no `--`, so no two servers share one. */
export function containerName(user: string, server: string): string {
  const own = `jupyter-${escapeDash(user)}`;
  return server === '' ? own : `${own}--${escapeDash(server)}`;
}

/**
 * Replaces `{username}` and `{servername}` by their escaped forms, which are safe in names and paths, and
 * `{raw_username}`, `{unescaped_username}` by the name as it is. Anything else in braces stays.
 */
export function fillNames(template: string, user: string, server: string): string {
  const names: Readonly<Record<string, string>> = {
    username: escapeDash(user),
    servername: escapeDash(server),
    raw_username: user,
    unescaped_username: user,
  };
  return template.replace(
    /\{(\w+)\}/g,
    (whole, name: string) => (Object.hasOwn(names, name) ? names[name] : null) ?? whole,
  );
}

// What the engine accepts as a volume's name.
const VOLUME_NAME = /^[a-zA-Z0-9][a-zA-Z0-9_.-]*$/;

/**
 * Where a user's files may already be, in the order in which to look: raw, `_` and `-` escapes. The last is
 * the name for a new volume. A raw name that the engine cannot hold is left out.
 *
 * A name that is also somebody else's escaped name is left out too: the raw name of `foo-2dbar` is the volume
 * of `foo-bar`. Better an empty folder than another person's files.
 */
export function volumeCandidates(template: string, user: string): readonly string[] {
  const own = escapeDash(user);
  const older = [user, escapeUnderscore(user)].filter((name) => name === own || !isSomebodyElses(name, user));
  const names = [...older, own].map((name) => template.replaceAll('{username}', name));
  // Of equal names the last stays, so that the newest rule's is always the last.
  return names.filter((name, at) => VOLUME_NAME.test(name) && names.lastIndexOf(name) === at);
}

/** People of one name who each keep their files; a bound, not a rule. */
const NAMESAKES = 1000;

/**
 * The name of a new volume where all candidates are somebody else's: who was renamed keeps theirs, and the next person of
 * that name needs one. No user's own name reads so: those have no capitals. Null for a template without the user's name.
 */
export function namesakesVolume(
  template: string,
  user: string,
  isTaken: (name: string) => boolean,
): string | null {
  if (!template.includes('{username}')) return null;
  for (let turn = 2; turn < NAMESAKES; turn += 1) {
    const name = template.replaceAll('{username}', `${escapeDash(user)}.N${turn}`);
    if (VOLUME_NAME.test(name) && !isTaken(name)) return name;
  }
  return null;
}

/** Whether another user's escaped name reads so, by either rule. */
function isSomebodyElses(name: string, user: string): boolean {
  const readings = [
    name.replace(/-([0-9a-f]{2})/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16))),
    name.replace(/_([0-9A-F]{2})/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16))),
  ];
  return readings.some(
    (other) =>
      other !== user && isUsername(other) && [escapeDash(other), escapeUnderscore(other)].includes(name),
  );
}
