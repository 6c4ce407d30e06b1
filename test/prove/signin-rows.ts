/**
 * The rows of the reference's list of probes (auth-and-security §8), and where each is tried: the suites whose
 * tests carry the row's number (`§8.53 …`) need no word here; the others are named by file and a part of the
 * test's name.
 */
export interface Row {
  readonly number: number;
  readonly what: string;
  /** Path and part of the name of tests that try it, where the number is not in the name. */
  readonly by?: readonly (readonly [file: string, name: RegExp])[];
}

const PASSWORDS = 'test/integration/signin/probes-password.test.ts';
const GUESSING = 'test/integration/signin/probes-guessing.test.ts';
const OAUTH = 'hub/src/http/api/oauth.test.ts';
const SAFETY = 'proxy/test/request-safety.test.ts';

export const ROWS: readonly Row[] = [
  { number: 2, what: 'next that begins with //' },
  { number: 5, what: 'next that leads to a door' },
  { number: 8, what: 'next in the form' },
  { number: 11, what: 'form without its word', by: [[PASSWORDS, /the word of the form/]] },
  {
    number: 13,
    what: 'wrong password and unknown name alike',
    by: [
      [PASSWORDS, /told alike/],
      [GUESSING, /take the same work/],
    ],
  },
  { number: 14, what: 'brute force from one address', by: [[GUESSING, /429 with when to come back/]] },
  { number: 16, what: 'what is no form', by: [[PASSWORDS, /what is no form of ours/]] },
  { number: 17, what: 'a megabyte of name', by: [[PASSWORDS, /^size/]] },
  { number: 19, what: 'names that look like another', by: [[PASSWORDS, /names and passwords/]] },
  {
    number: 22,
    what: 'the PAM service goes while it runs',
    by: [['test/integration/signin/pam.test.ts', /whose file goes while the hub runs/]],
  },
  {
    number: 23,
    what: 'the PAM helper hangs or dies; a crowd',
    by: [
      ['test/integration/signin/pam.test.ts', /hangs is given up|helper that crashes|ten wrong ones at once/],
    ],
  },
  { number: 25, what: 'session fixation', by: [[GUESSING, /planted before the sign-in/]] },
  { number: 29, what: 'blocked list' },
  { number: 31, what: 'code without state' },
  { number: 32, what: 'wrong state' },
  { number: 33, what: 'state of another browser' },
  { number: 38, what: 'Host of the sign-in' },
  { number: 40, what: 'failures of the token endpoint' },
  {
    number: 41,
    what: 'identity token that is wrong in each way',
    by: [
      ['test/integration/signin/oidc.test.ts', /each failure of the realm/],
      ['hub/src/adapters/identity/generic-oauth.test.ts', /token/],
    ],
  },
  { number: 47, what: 'recycled name' },
  { number: 49, what: 'removed while signed in; provider away' },
  {
    number: 50,
    what: 'userlist in every state',
    by: [
      ['hub/src/adapters/identity/userlist-file.test.ts', /keeps the last good list|outlives a restart/],
      ['hub/src/domain/userlist.test.ts', /./],
    ],
  },
  { number: 52, what: 'PKCE: the verifier is nowhere' },
  { number: 53, what: 'captured cookie after signing out' },
  { number: 55, what: 'broken and tossed cookies' },
  { number: 56, what: 'flags of cookies' },
  { number: 58, what: 'API by cookie with other types' },
  { number: 59, what: 'API by cookie from elsewhere' },
  { number: 61, what: 'change by GET' },
  { number: 62, what: 'CORS' },
  { number: 64, what: 'framing' },
  { number: 65, what: 'time-out; clock set back', by: [['hub/test/sign-in.test.ts', /does not revive it/]] },
  { number: 67, what: 'the API on others' },
  {
    number: 68,
    what: 'token and cookie at another’s server',
    by: [['test/integration/signin/matrix.test.ts', /another’s server/]],
  },
  { number: 70, what: 'tokens for more than one has' },
  { number: 71, what: 'a reading token makes no full one' },
  { number: 73, what: 'mass assignment' },
  { number: 74, what: 'removing oneself; re-created names' },
  { number: 76, what: 'races of start and stop', by: [['test/integration/spawn-cancel.test.ts', /./]] },
  { number: 77, what: 'options of a start' },
  {
    number: 79,
    what: 'limits',
    by: [
      ['hub/src/http/api/tokens.test.ts', /script in a loop/],
      ['hub/src/http/api/servers.test.ts', /a limit/],
    ],
  },
  { number: 80, what: 'odd queries' },
  { number: 82, what: 'metrics, proxy, info, shutdown' },
  { number: 83, what: 'an administrator enters a server' },
  { number: 85, what: 'redirect_uri variants', by: [[OAUTH, /redirect_uri/]] },
  { number: 86, what: 'unknown client, other response types', by: [[OAUTH, /unknown client/]] },
  { number: 87, what: 'a code twice', by: [[OAUTH, /a code works once/]] },
  { number: 88, what: 'an old code', by: [[OAUTH, /five minutes/]] },
  { number: 89, what: 'another’s secret', by: [[OAUTH, /another server's secret/]] },
  { number: 90, what: 'PKCE word', by: [[OAUTH, /PKCE challenge/]] },
  { number: 91, what: 'wrong secrets', by: [[OAUTH, /many wrong secrets/]] },
  { number: 92, what: 'a code after signing out', by: [[OAUTH, /codes on their way too/]] },
  { number: 93, what: 'scopes beyond one’s own', by: [[OAUTH, /invalid_scope/]] },
  { number: 94, what: 'another’s client', by: [[OAUTH, /another's server is refused/]] },
  { number: 95, what: 'access token after stop', by: [[OAUTH, /the stop of the server/]] },
  { number: 97, what: 'smuggling', by: [[SAFETY, /./]] },
  { number: 98, what: 'large headers, slow senders', by: [[SAFETY, /header|slow/i]] },
  {
    number: 100,
    what: 'alice and alicex',
    by: [['proxy/test/forwarding.test.ts', /prefix|longest|segment/i]],
  },
  {
    number: 101,
    what: 'WebSockets without right',
    by: [['test/integration/contract-singleuser.test.ts', /no socket opens/]],
  },
  { number: 103, what: 'hostile answers of containers', by: [['proxy/test/hostile-servers.test.ts', /./]] },
  {
    number: 104,
    what: 'a container calls the hub',
    by: [['hub/src/http/api/frame.test.ts', /cookie is worth nothing/]],
  },
  { number: 106, what: 'Host' },
  { number: 107, what: 'response splitting' },
  { number: 109, what: 'scripts in names' },
  {
    number: 110,
    what: 'line ends in the progress stream',
    by: [['hub/src/http/pages/progress-stream.test.ts', /./]],
  },
  { number: 112, what: 'export of people' },
  { number: 113, what: 'secrets in failures' },
  {
    number: 115,
    what: 'files of names that begin alike',
    by: [['hub/src/domain/slug.test.ts', /no two users share/]],
  },
  {
    number: 116,
    what: 'the store: killed, full, edited by hand',
    by: [['hub/src/adapters/store/json-store.test.ts', /kill -9|cannot be written|damaged document/]],
  },
];
