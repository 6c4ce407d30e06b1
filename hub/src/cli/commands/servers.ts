import type { Command } from '../command.ts';
import { sentenceOf } from '../sentence.ts';
import { listing, showRows, showWord } from '../show-rows.ts';

export const servers: Command = listing('servers', {
  path: '/servers',
  doc: 'Every server that is not stopped.',
  columns: ['user', 'name', 'state', 'image', 'started', 'lastActivity'],
});

export const cull: Command = {
  usage: 'cull --dry-run',
  doc: 'What the next look for idle servers would do with each, and why. It asks the servers themselves.',
  async run(ask, words) {
    if (!words.includes('--dry-run'))
      return { code: 2, error: 'Say cull --dry-run: servers are stopped by the hub itself.' };
    const columns = ['user', 'name', 'state', 'idle', 'policy', 'keepUntil', 'stopsAt', 'verdict'];
    return showRows(await ask('GET', '/cull'), 'servers', columns, words);
  },
};

export const logs: Command = {
  usage: 'logs USER[/SERVER]',
  doc: 'The last words of a server, also of one that failed to start. (`make logs`: of hub and proxy.)',
  async run(ask, words) {
    const [user = '', name] = (words[0] ?? '').split('/', 2);
    if (user === '') return { code: 2, error: 'Say whose: logs USER or logs USER/SERVER' };
    const path = [user, ...(name === undefined ? [] : [name])].map(encodeURIComponent).join('/');
    const { status, body } = await ask('GET', `/servers/${path}/log`);
    if (status !== 200) return { code: 1, error: sentenceOf(body) };
    return showWord((Array.isArray(body.lines) ? body.lines : []).join('\n'), body, words);
  },
};
