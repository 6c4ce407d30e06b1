/** Which class of JupyterHub's world inherits from which: a trait of the parent may be written with the child's name. */
const PARENTS: Readonly<Record<string, string>> = {
  DockerSpawner: 'Spawner',
  SystemUserSpawner: 'DockerSpawner',
  SwarmSpawner: 'DockerSpawner',
  KubeSpawner: 'Spawner',
  LocalProcessSpawner: 'Spawner',
  SimpleLocalProcessSpawner: 'LocalProcessSpawner',
  SystemdSpawner: 'Spawner',
  LocalAuthenticator: 'Authenticator',
  PAMAuthenticator: 'LocalAuthenticator',
  DummyAuthenticator: 'Authenticator',
  NativeAuthenticator: 'Authenticator',
  FirstUseAuthenticator: 'Authenticator',
  OAuthenticator: 'Authenticator',
  SharedPasswordAuthenticator: 'Authenticator',
  GitHubOAuthenticator: 'OAuthenticator',
  GenericOAuthenticator: 'OAuthenticator',
  LocalGitHubOAuthenticator: 'GitHubOAuthenticator',
  LocalGenericOAuthenticator: 'GenericOAuthenticator',
  ConfigurableHTTPProxy: 'Proxy',
};

/** `DockerSpawner` → `['DockerSpawner', 'Spawner']`; a class that is not known has itself only. */
export function lineage(name: string): readonly string[] {
  const line = [name];
  for (let next = PARENTS[name]; next !== undefined; next = PARENTS[next]) line.push(next);
  return line;
}

/** Classes that are one and the same thing here, because there is one kind of it: every spawner, every proxy. */
export function familyOf(name: string): string {
  const top = lineage(name).at(-1) ?? name;
  if (top.endsWith('Spawner')) return 'Spawner';
  return top.endsWith('Proxy') ? 'Proxy' : top;
}

/** JupyterHub's short words for `authenticator_class`, and the class that each stands for. */
const AUTHENTICATORS: Readonly<Record<string, string>> = {
  pam: 'PAMAuthenticator',
  default: 'PAMAuthenticator',
  dummy: 'DummyAuthenticator',
  native: 'NativeAuthenticator',
  github: 'GitHubOAuthenticator',
  'local-github': 'LocalGitHubOAuthenticator',
  'generic-oauth': 'GenericOAuthenticator',
  generic: 'GenericOAuthenticator',
  'local-generic-oauth': 'LocalGenericOAuthenticator',
};

/**
 * What `authenticator_class` names: `generic-oauth`, `GenericOAuthenticator`,
 * `oauthenticator.generic.GenericOAuthenticator`, or several with commas or as a list → the bare names of the classes.
 */
export function authenticatorClasses(written: unknown): readonly string[] {
  const words = (Array.isArray(written) ? written : [written]).filter((word) => typeof word === 'string');
  return words
    .flatMap((word) => word.split(/[\s,]+/))
    .filter((word) => word !== '')
    .map((word) => AUTHENTICATORS[word.toLowerCase()] ?? word.split('.').at(-1) ?? word);
}
