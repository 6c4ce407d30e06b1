import type { Command } from '../command.ts';
import { showRows } from '../show-rows.ts';

export const groups: Command = {
  usage: 'groups [NAME]',
  doc: 'Every group and how many are in it; with a name, who they are.',
  async run(ask, words) {
    const [name, ...more] = words.filter((word) => word !== '--json');
    if (more.length > 0) return { code: 2, error: 'One group at a time: groups [NAME]' };
    if (name === undefined) {
      const columns = ['name', 'members', 'roles', 'created'];
      return showRows(await ask('GET', '/groups'), 'groups', columns, words);
    }
    const columns = ['name', 'admin', 'lastActivity'];
    return showRows(await ask('GET', `/groups/${encodeURIComponent(name)}`), 'members', columns, words);
  },
};
