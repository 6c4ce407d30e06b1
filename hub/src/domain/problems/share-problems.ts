import type { ProblemKind } from './problem-kind.ts';

/** Sharing servers with others. */
export const SHARE_PROBLEMS = {
  'SHARE-001': {
    status: 400,
    title: 'This is shared with too many already',
    user: 'There are {count} already, and more are not kept. Remove some first.',
    admin: 'A server has {count} shares or links already, and more are not kept.',
  },
  'SHARE-002': {
    status: 404,
    title: 'This link opens nothing',
    user: 'It has ended, or was taken back. Ask whoever sent it for a new one.',
    admin: 'A link to share a server is unknown, has ended or was taken back.',
  },
  'SHARE-003': {
    status: 403,
    title: 'This is your own server',
    user: 'The link is for others. Go to your home page to open your server.',
    admin: 'The owner of a server opened a link with which it is shared.',
  },
} as const satisfies Record<string, ProblemKind>;
