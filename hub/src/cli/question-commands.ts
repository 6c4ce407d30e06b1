import type { Ask, Command } from './command.ts';
import type { Outcome } from './outcome.ts';
import { sentenceOf } from './sentence.ts';
import { table } from './table.ts';

type Body = Readonly<Record<string, unknown>>;

/** Commands that only ask: a table on a terminal, with `--json` what the hub answered, as it came. */
export const QUESTIONS: Readonly<Record<string, Command>> = {
  status: {
    usage: 'status',
    doc: 'What runs, and how it is; exit 1 when a part is not well.',
    async run(ask, words) {
      const { body } = await ask('GET', '/status');
      const parts = Object.entries(mapping(body.parts));
      const code = parts.every(([, state]) => /^ok\b/.test(String(state))) ? 0 : 1;
      if (words.includes('--json')) return { code, out: json(body) };
      const servers = Object.entries(mapping(body.servers)).map(
        ([state, count]) => `${String(count)} ${state}`,
      );
      const rows = [
        ...parts.map(([part, state]) => [part, String(state)]),
        ['users', String(body.users)],
        ['servers', servers.join(', ') || 'none'],
        ['up for', `${String(body.uptimeSeconds)} s`],
        ['address', String(body.address)],
      ];
      return { code, out: table(['PART', 'STATE'], rows) };
    },
  },
  users: listing('users', '/users', 'Everybody who has an account.', [
    'name',
    'admin',
    'groups',
    'servers',
    'lastActivity',
  ]),
  servers: listing('servers', '/servers', 'Every server that is not stopped.', [
    'user',
    'name',
    'state',
    'image',
    'started',
    'lastActivity',
  ]),
  cull: {
    usage: 'cull --dry-run',
    doc: 'What the next look for idle servers would do with each.',
    async run(ask, words) {
      if (!words.includes('--dry-run'))
        return { code: 2, error: 'Say cull --dry-run: servers are stopped by the hub itself.' };
      return rowsOf(
        await ask('GET', '/cull'),
        'servers',
        ['user', 'name', 'lastActivity', 'idle', 'verdict'],
        words,
      );
    },
  },
  logs: {
    usage: 'logs USER[/SERVER]',
    doc: 'The last words of a server, also of one that failed to start. (`make logs`: of hub and proxy.)',
    async run(ask, [server = '']) {
      const [user = '', name] = server.split('/', 2);
      if (user === '') return { code: 2, error: 'Say whose: logs USER or logs USER/SERVER' };
      const path = [user, ...(name === undefined ? [] : [name])].map(encodeURIComponent).join('/');
      const { status, body } = await ask('GET', `/servers/${path}/log`);
      if (status !== 200) return { code: 1, error: sentenceOf(body) };
      return { code: 0, out: (Array.isArray(body.lines) ? body.lines : []).join('\n') };
    },
  },
  token: {
    usage: 'token USER',
    doc: 'Make an API token that may do what USER may, and print it.',
    async run(ask, [user]) {
      if (user === undefined) return { code: 2, error: 'Say whose: token USER' };
      const { status, body } = await ask('POST', `/tokens/${encodeURIComponent(user)}`);
      return status === 201 ? { code: 0, out: String(body.token) } : { code: 1, error: sentenceOf(body) };
    },
  },
};

function listing(usage: string, path: string, doc: string, columns: readonly string[]): Command {
  return {
    usage,
    doc,
    run: async (ask: Ask, words) => rowsOf(await ask('GET', path), usage, columns, words),
  };
}

function rowsOf(
  { status, body }: Awaited<ReturnType<Ask>>,
  key: string,
  columns: readonly string[],
  words: readonly string[],
): Outcome {
  if (status !== 200) return { code: 1, error: sentenceOf(body) };
  if (words.includes('--json')) return { code: 0, out: json(body) };
  const found = Array.isArray(body[key]) ? body[key].map(mapping) : [];
  const headings = columns.map((column) => column.replace('lastActivity', 'last activity').toUpperCase());
  return {
    code: 0,
    out: table(
      headings,
      found.map((row) => columns.map((column) => cell(row[column]))),
    ),
  };
}

function cell(value: unknown): string {
  if (value === null || value === undefined || value === '') return '-';
  if (Array.isArray(value)) return value.join(', ') || '-';
  return typeof value === 'boolean' ? (value ? 'yes' : 'no') : String(value);
}

function mapping(value: unknown): Body {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {};
}

function json(body: Body): string {
  return JSON.stringify(body, null, 2);
}
