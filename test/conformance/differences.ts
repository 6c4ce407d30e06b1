interface Difference {
  /** Matched against a request's title. */
  readonly request: RegExp;
  readonly because: string;
}

const PYTHON = 'the sentence shows a Python value or class; ours says the same without it';

/** Where ours answers differently on purpose. */
export const DIFFERENCES: readonly Difference[] = [
  { request: /POST \/users \{"usernames":\["x"\],"(?:admin":"yes|nix":1)/, because: PYTHON },
  { request: /mary: (?:POST|PATCH) \/users\/hal \{"(?:admin":3|admin":"x|nix":1)/, because: PYTHON },
  { request: /POST \/groups \{"groups":\["y"\],"nix":1/, because: PYTHON },
  { request: /POST \/services\/new \{"(?:nix":1|admin":"x)/, because: PYTHON },
  { request: /POST \/shutdown \{"(?:servers|proxy)":"x"/, because: PYTHON },
  {
    request:
      /^mary: (?:POST|PATCH) \/shares\/alice\/ (?:\[\]|\{\}|\{"user":"bob","group"|\{"user":3|\{"nix"|\{"user":"bob","scopes":"self")/,
    because: PYTHON,
  },
  {
    request: /^mary: POST \/share-codes\/alice\/ \{"(?:expires_in":(?:1|"x"|99999999)\}|nix":1)/,
    because: PYTHON,
  },
  {
    request: /^mary: (?:POST|PATCH) \/share(?:s|-codes)\/alice\/ (?:3|\{"user":""|.*"scopes":\["nix"\])/,
    because: 'JupyterHub says 500 to what is not well formed; ours 400',
  },
  {
    request:
      /alice: POST \/users\/alice\/tokens \{"(?:expires_in":"x|scopes":"self|scopes":\[3\]|roles":3|scopes":\["nix"\])/,
    because: PYTHON,
  },
  {
    request: /^alice: POST \/users\/alice\/tokens \[\]/,
    because: 'an empty list is no dictionary; JupyterHub takes it for an empty body',
  },
  {
    request: /^token-maker: POST \/users\/alice\/tokens/,
    because: 'a token never makes a token that may do more than itself',
  },
  {
    request: /^tess: GET \/user\?with=members/,
    because: 'limits to a group are written out as its members, for notebooks that know no groups',
  },
  {
    request: /^bob: GET \/users\/bob\/server\/progress/,
    because:
      'JupyterHub says 400 or 404 for a server never started, by whether it met its owner since it runs; ours 404',
  },
  {
    request: /^root: GET \/user$/,
    because: 'JupyterHub forgets what it knows of a service when that service asks itself',
  },
  { request: /^mary: PATCH \/proxy \{$/, because: 'bad JSON has one sentence at every address' },
];
