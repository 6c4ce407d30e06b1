import type { Command } from '../command.ts';
import { json, mapping } from '../show-rows.ts';
import { table } from '../table.ts';

export const status: Command = {
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
};

export const health: Command = {
  usage: 'health',
  doc: 'Say whether the hub, its store, the proxy and the engine are well; exit 1 if not.',
  async run(ask) {
    const { status, body } = await ask('GET', '/health');
    const text = JSON.stringify(body);
    return status === 200 ? { code: 0, out: text } : { code: 1, error: text };
  },
};
