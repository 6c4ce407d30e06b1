/** Longest name of a named server: with its user's it must fit into a container's. */
const SERVER_NAME_MAX = 64;

const SERVER_NAME = /^[A-Za-z0-9](?:[A-Za-z0-9 ._~@-]*[A-Za-z0-9._~@-])?$/;

/**
 * Whether a new named server may be called so. Narrower than JupyterHub, which takes anything without `/`:
 * names stand in paths, cookies and on the engine, and `..` must mean nothing anywhere.
 */
export function isServerName(name: string): boolean {
  return name.length <= SERVER_NAME_MAX && SERVER_NAME.test(name) && !name.includes('..');
}
