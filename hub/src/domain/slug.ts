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

// What the engine accepts as a volume's name.
const VOLUME_NAME = /^[a-zA-Z0-9][a-zA-Z0-9_.-]*$/;

/**
 * Where a user's files may already be, in the order in which to look: raw, `_` and `-` escapes.
 * A name is used once only, and a raw name that the engine cannot hold is left out.
 */
export function volumeCandidates(template: string, user: string): readonly string[] {
  const names = [user, escapeUnderscore(user), escapeDash(user)].map((name) =>
    template.replaceAll('{username}', name),
  );
  return [...new Set(names)].filter((name) => VOLUME_NAME.test(name));
}
