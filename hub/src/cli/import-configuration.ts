import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import { importPython } from '../config/import/import-python.ts';
import type { Carried, Imported, Left } from '../config/import/outcome.ts';
import type { Outcome } from './outcome.ts';

const USAGE = 'Say which file: config import jupyterhub_config.py [--write config.yaml]';
/** What a former configuration holds may be secret. */
const OWNER_ONLY = 0o600;

/**
 * `berth config import FILE [--write FILE] [--json]`: a Python configuration as a `config.yaml`, which goes to stdout
 * or into a file that is not there yet; the account of it goes to stderr. Exit code 3 when something was left over for
 * a person to do.
 */
export function importConfiguration(words: readonly string[], json: boolean): Outcome {
  const rest = [...words];
  const at = rest.indexOf('--write');
  const [, target] = at === -1 ? [] : rest.splice(at, 2);
  const [path, ...more] = rest;
  if (path === undefined || more.length > 0 || (at !== -1 && target === undefined))
    return { code: 2, error: USAGE };
  if (target !== undefined && existsSync(target)) {
    return { code: 1, error: `${target} is there already. Name another file, or move it away.` };
  }
  let imported: Imported;
  try {
    imported = importPython(readFileSync(path, 'utf8'), basename(path));
    if (target !== undefined) writeFileSync(target, imported.yaml, { mode: OWNER_ONLY, flag: 'wx' });
  } catch (error) {
    const reason = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    return { code: 1, error: `${path} could not be carried over (${reason}).` };
  }
  const code = imported.notCarried.length + imported.missing.length > 0 ? 3 : 0;
  if (json) return { code, out: JSON.stringify(imported, null, 2) };
  const account = accountOf(imported);
  return target === undefined
    ? { code, out: imported.yaml.trimEnd(), error: account }
    : { code, out: `${account}\n\nWritten: ${target}. Check it: berth config check -f ${target}` };
}

function accountOf({ carried, meaningless, notCarried, missing }: Imported): string {
  const blocks = [
    block('Carried over', carried.map(tellCarried)),
    block('Means nothing here', meaningless.map(tellLeft)),
    block('Not carried over', notCarried.map(tellLeft)),
    block('To be said in .env before the hub starts', missing),
  ];
  return blocks.filter((lines) => lines !== '').join('\n\n');
}

function block(title: string, lines: readonly string[]): string {
  return lines.length === 0
    ? ''
    : [`${title} (${lines.length}):`, ...lines.map((line) => `  ${line}`)].join('\n');
}

function tellCarried({ line, name, to, note }: Carried): string {
  return `line ${line}: ${name} → ${to}${note === undefined ? '' : ` (${note})`}`;
}

function tellLeft({ line, name, reason }: Left): string {
  return `line ${line}: ${name} ${reason}`;
}
