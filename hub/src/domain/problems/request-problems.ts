import type { ProblemKind } from './problem-kind.ts';

/** Requests that make no sense, and doors behind which nobody answers. */
export const REQUEST_PROBLEMS = {
  'HTTP-400': {
    status: 400,
    title: 'The request could not be understood',
    user: '{detail}',
    admin: '{detail}',
  },
  'HTTP-404': {
    status: 404,
    title: 'There is nothing here',
    user: 'The address may be mistyped, or what it named is gone. Go on from your home page.',
    admin: 'No page and no permitted thing at this address.',
  },
  'HTTP-405': {
    status: 405,
    title: 'This cannot be done here',
    user: 'Go back and use the buttons of the page.',
    admin: 'The address exists, but not for this method.',
  },
  'HTTP-413': {
    status: 413,
    title: 'Too much was sent',
    user: 'What you sent is larger than the hub takes. Send less at once.',
    admin: 'The body was larger than the limit of this door.',
  },
  'HTTP-500': {
    status: 500,
    title: 'Something went wrong in the hub',
    user: 'It is not your fault. Try again; if it stays, tell the administrator the number below.',
    admin: 'Look for the number in `make logs`.',
  },
  'HTTP-502': {
    status: 502,
    title: 'Your server did not answer properly',
    user: 'Reload the page; if it stays, restart your server from your home page.',
    admin: 'The notebook container closed the connection or answered nonsense.',
  },
  'HTTP-503': {
    status: 503,
    title: 'Your server is not answering',
    user: 'It may just have stopped. Your files are safe: start it again from your home page.',
    admin: 'The proxy could not reach the notebook container.',
  },
  'HTTP-590': {
    status: 503,
    title: 'Back in a moment',
    user: 'The hub did not answer just now; it may be starting. Notebooks that are running go on. Reload the page.',
    admin: 'The proxy could not reach the hub; a moment later it could, or nobody would read this.',
  },
  'HTTP-504': {
    status: 504,
    title: 'Your server took too long',
    user: 'It may be busy. Wait a little and reload.',
    admin: 'The notebook container did not answer in time.',
  },
} as const satisfies Record<string, ProblemKind>;
