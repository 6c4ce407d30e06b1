import type { Command } from '../command.ts';
import { sentenceOf } from '../sentence.ts';
import { listing, showWord } from '../show-rows.ts';

export const users: Command = listing('users', {
  path: '/users',
  doc: 'Everybody who has an account.',
  columns: ['name', 'admin', 'groups', 'servers', 'lastActivity'],
});

export const setupLink: Command = {
  usage: 'setup-link',
  doc: 'Print a new one-time link for the first administrator; exit 3 if there is one already.',
  async run(ask, words) {
    const { status, body } = await ask('POST', '/setup-link');
    if (status === 201) return showWord(String(body.path), body, words);
    if (status === 409) return { code: 3, error: sentenceOf(body) };
    return { code: 1, error: sentenceOf(body) };
  },
};

export const token: Command = {
  usage: 'token USER',
  doc: 'Make an API token that may do what USER may, and print it.',
  async run(ask, words) {
    const [user] = words;
    if (user === undefined) return { code: 2, error: 'Say whose: token USER' };
    const { status, body } = await ask('POST', `/tokens/${encodeURIComponent(user)}`);
    return status === 201 ? showWord(String(body.token), body, words) : { code: 1, error: sentenceOf(body) };
  },
};
