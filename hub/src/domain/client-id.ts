/**
 * OAuth client id of a server, which the notebook server also uses as the name of its cookie.
 *
 * Default servers keep JupyterHub's form (`jupyterhub-user-alice`). For named ones JupyterHub joins user and
 * server with `-`, so that alice's server `prod` and the default server of the user `alice-prod` are one
 * client. Here `~` joins them, which stands in neither part: `jupyterhub-user-alice~prod`. A `-` there would
 * also make a server called `oauth-state` read its owner's `…-oauth-state` cookies as its own.
 */
export function oauthClientId(user: string, server: string): string {
  const own = `jupyterhub-user-${quoteForCookie(user)}`;
  return server === '' ? own : `${own}~${quoteForCookie(server)}`;
}

// Letters that RFC 6265 allows in a cookie's name, without `~`; all others as Python's quote() writes them.
const PLAIN = /[A-Za-z0-9._-]/;

function quoteForCookie(name: string): string {
  let out = '';
  for (const byte of new TextEncoder().encode(name)) {
    const letter = String.fromCharCode(byte);
    out += byte < 128 && PLAIN.test(letter) ? letter : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
  }
  return out;
}
