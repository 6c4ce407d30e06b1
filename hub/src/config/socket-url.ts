/**
 * A socket where an address could stand, as configurable-http-proxy and JupyterHub write it: `http+unix://%2Frun%2Fhub.sock`,
 * or `unix+http://…`.
 */
const SOCKET_URL = /^(?:http\+unix|unix\+http):\/\/(%2F[^/?#\s]+)\/?$/i;

/** Its path; null: it is no such address. */
export function socketPathOf(url: string): string | null {
  const encoded = SOCKET_URL.exec(url.trim())?.[1];
  if (encoded === undefined || /%00/.test(encoded)) return null;
  try {
    return decodeURIComponent(encoded);
  } catch {
    return null;
  }
}

/** Where to listen, or to ask. */
export function placeOf(url: string): { readonly url: string } | { readonly socketPath: string } {
  const socketPath = socketPathOf(url);
  return socketPath === null ? { url } : { socketPath };
}
