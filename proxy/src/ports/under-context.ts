/**
 * The answer of a program that believes it stands at `/`, for a browser that sees it at `context`: redirects and
 * cookies lead below it. What lies there already stays: a program may have gone by `X-Forwarded-Prefix`.
 * jupyter-server-proxy leaves both as they are, and such a program's redirects lead out of it.
 *
 * @param headers names and values in turn. @param host as the browser wrote it.
 */
export function underContext(headers: string[], context: string, host: string): string[] {
  return headers.map((value, at) => {
    if (at % 2 === 0) return value;
    const name = (headers[at - 1] ?? '').toLowerCase();
    if (name === 'location' || name === 'content-location') return place(value, context, host);
    return name === 'set-cookie' ? cookie(value, context) : value;
  });
}

function place(location: string, context: string, host: string): string {
  if (location.startsWith('//')) return location;
  if (location.startsWith('/')) return below(location, context);
  const [, origin = '', path = ''] = /^(https?:\/\/[^/?#]+)(.*)$/i.exec(location) ?? [];
  const isHere = host !== '' && origin.slice(origin.indexOf('//') + 2).toLowerCase() === host.toLowerCase();
  return isHere ? `${origin}${below(path === '' ? '/' : path, context)}` : location;
}

/** The path of a cookie at `/` is everybody's: beside it the hub and other people's programs live. */
function cookie(value: string, context: string): string {
  return value.replace(
    /;(\s*)path(\s*)=(\s*)(\/[^;]*?)(\s*)(?=;|$)/gi,
    (_, before: string, ahead: string, after: string, path: string) =>
      `;${before}Path${ahead}=${after}${below(path, context)}`,
  );
}

function below(path: string, context: string): string {
  const isBelow = path === context || /^[/?#]/.test(path.slice(context.length));
  return path.startsWith(context) && isBelow ? path : `${context}${path}`;
}
