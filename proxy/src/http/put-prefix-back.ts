/**
 * For a route whose path is taken off: what its server says of paths gets the path back. `Location` on this host, and
 * the `Path` of its cookies, so that they stay below it. Flat list in, flat list out.
 */
export function withPrefix(headers: string[], prefix: string, host: string): string[] {
  return headers.map((value, at) => {
    if (at % 2 === 0) return value;
    const name = (headers[at - 1] ?? '').toLowerCase();
    if (name === 'location' || name === 'content-location') return location(value, prefix, host);
    return name === 'set-cookie' ? cookie(value, prefix) : value;
  });
}

function location(value: string, prefix: string, host: string): string {
  if (value.startsWith('/') && !value.startsWith('//')) return below(prefix, value);
  const url = URL.parse(value);
  const ours =
    url !== null && /^https?:$/.test(url.protocol) && host !== '' && url.host === host.toLowerCase();
  if (!ours) return value;
  url.pathname = below(prefix, url.pathname);
  return url.href;
}

/** An application that was told of its prefix may use it already. */
const below = (prefix: string, path: string): string =>
  path === prefix || path.startsWith(`${prefix}/`) ? path : prefix + path;

function cookie(value: string, prefix: string): string {
  return value.replace(
    /(;\s*path\s*=\s*)(\/[^;]*)/gi,
    (_, key: string, path: string) => key + below(prefix, path.trimEnd()),
  );
}
