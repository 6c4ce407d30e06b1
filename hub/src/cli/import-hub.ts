import { readJupyterHub } from '../adapters/former/read-jupyterhub.ts';
import { rolesYaml } from '../config/import/roles-yaml.ts';
import type { FormerHub } from '../domain/former-hub.ts';
import type { Outcome } from './outcome.ts';
import { json, mapping, showRows } from './show-rows.ts';
import type { tellHub } from './tell-hub.ts';

type Tell = (path: string, body: unknown) => ReturnType<typeof tellHub>;

const FLAGS: ReadonlySet<string> = new Set(['--apply', '--let-in', '--json']);

/**
 * `berth import FILE [--apply] [--let-in] [--json]`: what a JupyterHub's database knows of people, as a table; with
 * `--apply` the running hub takes it over. `--let-in`: these people may sign in whatever the lists say.
 */
export async function importHub(tell: Tell, words: readonly string[], now: number): Promise<Outcome> {
  const [path, ...more] = words.filter((word) => !FLAGS.has(word));
  if (path === undefined || path.startsWith('-') || more.length > 0) {
    return { code: 2, error: 'Say which file: import jupyterhub.sqlite [--apply] [--let-in]' };
  }
  const read = await readJupyterHub(path, now);
  if ('fault' in read) return { code: 1, error: `${path} ${read.fault}.` };
  const apply = words.includes('--apply');
  const question = { former: read.hub, apply, letIn: words.includes('--let-in') };
  const answer = await tell('/import', question).catch((error: unknown) => String(error));
  if (typeof answer === 'string')
    return { code: 4, error: `The hub does not answer (${answer}). Is it running?` };
  const shown = showRows(answer, 'rows', ['kind', 'name', 'what', 'detail'], words);
  if (shown.code !== 0) return shown;
  if (words.includes('--json')) return { code: 0, out: json({ ...answer.body, roles: read.hub.roles }) };
  return { code: 0, out: [shown.out, ...rolesTold(read.hub), '', endOf(apply, answer.body)].join('\n') };
}

function rolesTold({ roles }: FormerHub): readonly string[] {
  return roles.length === 0 ? [] : ['', 'For config.yaml:', '', rolesYaml(roles)];
}

function endOf(apply: boolean, body: Readonly<Record<string, unknown>>): string {
  const rows = Array.isArray(body.rows) ? body.rows.map(mapping) : [];
  const fresh = rows.filter(({ what }) => what === 'new' || what === 'changed').length;
  return apply
    ? `Done: ${fresh} of these are new here or changed.`
    : `Nothing has been changed. With --apply ${fresh} of these would be.`;
}
