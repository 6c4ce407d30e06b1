/**
 * Everything that can go wrong and that a person is told of. `docs/reference/errors.md` is made from this
 * table, and a test compares both ways.
 *
 * A problem has two faces: `user` for whoever pressed the button, `admin` for whoever keeps the machine.
 * `{name}` in a sentence is filled from the problem's facts.
 */
export interface ProblemKind {
  readonly status: number;
  readonly title: string;
  readonly user: string;
  readonly admin: string;
}

export const PROBLEMS = {
  'AUTH-001': {
    status: 403,
    title: 'Invalid username or password',
    user: 'Check both and try again.',
    admin: 'Wrong name or password from {address}.',
  },
  'AUTH-002': {
    status: 403,
    title: 'You are not on the list',
    user: 'You signed in as {name}, who may not use this hub. Ask its administrator to add you.',
    admin: 'Add {name} to the userlist file, or to allowed_users.',
  },
  'AUTH-003': {
    status: 429,
    title: 'Too many attempts',
    user: 'Wait {seconds} seconds, then try again.',
    admin: 'Sign-in from {address} is slowed down after repeated failures.',
  },
  'AUTH-004': {
    status: 403,
    title: 'This form is too old',
    user: 'Go back, reload the page and send it again.',
    admin: 'The _xsrf word of the request did not belong to the session.',
  },
  'AUTH-005': {
    status: 400,
    title: 'Sign-in was interrupted',
    user: 'Start again from the sign-in page.',
    admin: 'The provider came back without a state of this browser: {detail}.',
  },
  'AUTH-006': {
    status: 403,
    title: 'Sign-in was cancelled',
    user: 'You did not allow {provider} to sign you in. Start again if that was a mistake.',
    admin: '{provider} answered {detail}.',
  },
  'AUTH-007': {
    status: 502,
    title: '{provider} did not answer as it should',
    user: 'Nobody was signed in. Try again in a few minutes; if it stays, tell the administrator the number below.',
    admin: 'The exchange with {provider} failed: {detail}.',
  },
  'AUTH-008': {
    status: 403,
    title: 'This name belongs to somebody else',
    user: 'The account {name} of this hub was made by another person at {provider}. Ask the administrator.',
    admin:
      '{name} came with another {provider} id than the one the account was bound to. A recycled name does not inherit an account.',
  },
  'AUTH-009': {
    status: 404,
    title: 'This link has been used, or is too old',
    user: 'Ask for a new one: on the machine, `make up` prints it.',
    admin: 'The one-time link works once and for an hour, and only while there is no administrator.',
  },
  'AUTH-010': {
    status: 400,
    title: 'This name or password cannot be used',
    user: '{detail}',
    admin: 'A new name or password was refused: {detail}',
  },
  'PERM-001': {
    status: 403,
    title: 'You may not do this',
    user: 'Your account does not have the right to do that.',
    admin: '{name} asked for something that needs {scope}.',
  },
  'HTTP-400': {
    status: 400,
    title: 'The request could not be understood',
    user: '{detail}',
    admin: '{detail}',
  },
  'HTTP-404': {
    status: 404,
    title: 'There is nothing here',
    user: 'The address may be mistyped, or what it named is gone.',
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
    user: 'What you sent is larger than the hub takes.',
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
  'HTTP-504': {
    status: 504,
    title: 'Your server took too long',
    user: 'It may be busy. Wait a little and reload.',
    admin: 'The notebook container did not answer in time.',
  },
  'STORE-001': {
    status: 503,
    title: 'The hub cannot write to its disk',
    user: 'Nothing was changed. Running servers go on. Tell the administrator.',
    admin: 'Writing {path} failed: {detail}. Make room on the data volume; the hub goes on by itself.',
  },
  'SERVER-001': {
    status: 400,
    title: 'This server is busy with something else',
    user: '{detail}',
    admin: '{detail}',
  },
  'SPAWN-101': {
    status: 500,
    title: 'The image does not exist',
    user: 'The environment {image} could not be found. Tell the administrator.',
    admin:
      'Neither this machine nor its registry has {image}. Run `make build`, or correct DOCKER_NOTEBOOK_IMAGE.',
  },
  'SPAWN-102': {
    status: 500,
    title: 'The image may not be downloaded',
    user: 'The hub has no permission to download {image}. Tell the administrator.',
    admin: 'The registry refused {image}: log the engine in with `docker login`.',
  },
  'SPAWN-103': {
    status: 500,
    title: 'The image is made for another kind of machine',
    user: '{image} does not run on this machine. Tell the administrator.',
    admin: 'There is no build of {image} for this processor.',
  },
  'SPAWN-104': {
    status: 504,
    title: 'The download takes too long',
    user: 'The image is large or the line is slow. Try again: what is here already is kept.',
    admin: 'Downloading {image} passed its deadline. Pull it by hand, or raise the deadline.',
  },
  'SPAWN-105': {
    status: 502,
    title: 'The image could not be downloaded',
    user: 'The hub could not reach the place where {image} is kept. Try again, or tell the administrator.',
    admin: 'No registry in reach for {image}: {detail}',
  },
  'SPAWN-110': {
    status: 507,
    title: "The machine's disk is full",
    user: 'Your server cannot start until there is room. Your files are safe. Tell the administrator.',
    admin: 'No space left for the engine. See `docker system df`.',
  },
  'SPAWN-120': {
    status: 500,
    title: 'The notebook stopped while it was starting',
    user: 'Its last lines are below. If they mean nothing to you, send them to the administrator.',
    admin: 'The container ended with exit code {exitCode} before it answered.',
  },
  'SPAWN-121': {
    status: 500,
    title: 'There was not enough memory',
    user: 'The server needed more than its limit of {limit} while starting. Ask for a larger one.',
    admin: 'The kernel ended the container for memory. Raise MEM_LIMIT.',
  },
  'SPAWN-122': {
    status: 504,
    title: 'The notebook started but does not answer',
    user: 'Try once more. If it stays, send the lines below to the administrator.',
    admin:
      'No answer at {url} within {seconds} s. Does the image listen on port {port}? Can it reach the hub?',
  },
  'SPAWN-131': {
    status: 500,
    title: 'Your files could not be attached',
    user: 'Your home folder cannot be opened. Tell the administrator.',
    admin: 'The engine could not mount {detail}.',
  },
  'SPAWN-141': {
    status: 500,
    title: 'A container of that name is there already',
    user: "Something else on the machine has your server's name. Tell the administrator.",
    admin:
      'A foreign container is called {container}. Berth neither uses nor removes it: rename or remove it.',
  },
  'SPAWN-150': {
    status: 503,
    title: 'The container engine is not answering',
    user: 'Nothing can be started just now. Try again in a minute.',
    admin: 'The hub cannot reach the engine: {detail}. Is it running? May the hub open its socket?',
  },
  'SPAWN-160': {
    status: 409,
    title: 'The start was cancelled',
    user: 'Start it again whenever you like.',
    admin: 'Somebody cancelled the start.',
  },
  'SPAWN-170': {
    status: 502,
    title: 'The proxy is not answering',
    user: 'Your server is up, but cannot be reached yet. Try again in a minute.',
    admin: "The hub cannot reach the proxy's control door: {detail}.",
  },
  'SPAWN-199': {
    status: 500,
    title: 'The start failed',
    user: 'The container engine refused. Tell the administrator: the log of the hub says why.',
    admin: '{detail}',
  },
  'RUN-101': {
    status: 500,
    title: 'Your server ran out of memory',
    user: 'It used more than its limit of {limit} and was ended. Saved files are safe. Start again, and work with less at once.',
    admin: 'The kernel ended the container for memory.',
  },
  'RUN-102': {
    status: 500,
    title: 'Your server ended by itself',
    user: 'Saved files are safe. Start it again.',
    admin: 'The container ended with exit code {exitCode}.',
  },
} as const satisfies Record<string, ProblemKind>;

export type ProblemCode = keyof typeof PROBLEMS;
export type ProblemFacts = Readonly<Record<string, string | number | null>>;

/** Thrown wherever something of the catalogue happened. Its message is the administrator's sentence. */
export class Problem extends Error {
  readonly code: ProblemCode;
  readonly facts: ProblemFacts;

  constructor(code: ProblemCode, facts: ProblemFacts = {}, options?: ErrorOptions) {
    super(`${code} ${fill(PROBLEMS[code].admin, facts)}`, options);
    this.name = 'Problem';
    this.code = code;
    this.facts = facts;
  }

  get status(): number {
    return PROBLEMS[this.code].status;
  }
}

export function isProblemCode(code: string): code is ProblemCode {
  return Object.hasOwn(PROBLEMS, code);
}

/** Puts facts into a sentence of the catalogue; a missing fact reads "unknown". */
export function fill(sentence: string, facts: ProblemFacts): string {
  return sentence.replace(/\{(\w+)\}/g, (_, key: string) =>
    Object.hasOwn(facts, key) ? String(facts[key] ?? 'unknown') : 'unknown',
  );
}

/** The sentences of a problem, filled. */
export function describeProblem(
  code: ProblemCode,
  facts: ProblemFacts,
): { title: string; user: string; admin: string } {
  const kind = PROBLEMS[code];
  return { title: fill(kind.title, facts), user: fill(kind.user, facts), admin: fill(kind.admin, facts) };
}
