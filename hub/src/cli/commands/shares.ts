import type { Command } from '../command.ts';
import { sentenceOf } from '../sentence.ts';
import { showRows, showWord } from '../show-rows.ts';

const USAGE = 'shares [revoke SERVER [WHO]]';

/** SERVER: `alice` or `alice/gpu`. WHO: `user/bob`, `group/staff` or `everyone`, as the list has them. */
export const shares: Command = {
  usage: 'shares [revoke …]',
  doc: 'Which servers are shared with whom; revoke SERVER [WHO]: take one back from all, or from one.',
  async run(ask, words) {
    const [verb, server, who, ...more] = words.filter((word) => word !== '--json');
    if (verb === undefined) {
      const columns = ['server', 'who', 'since', 'until', 'by'];
      return showRows(await ask('GET', '/shares'), 'shares', columns, words);
    }
    if (verb !== 'revoke' || server === undefined || more.length > 0) {
      return { code: 2, error: `Say what: ${USAGE}` };
    }
    const query = new URLSearchParams({ server, ...(who === undefined ? {} : { who }) });
    const { status, body } = await ask('DELETE', `/shares?${query}`);
    if (status !== 200) return { code: 1, error: sentenceOf(body) };
    return showWord(`Taken back: ${String(body.revoked)}`, body, words);
  },
};
