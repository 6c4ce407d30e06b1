import type { Strategy } from 'passport';
import type { ProviderFetch } from './provider-fetch.ts';

type Done = (error: unknown, body?: string, answer?: unknown) => void;

/** The one method of `oauth`'s client that opens connections. */
interface OAuthClient {
  _customHeaders: Readonly<Record<string, string>>;
  _request(
    method: string,
    url: string,
    headers: Readonly<Record<string, string>> | null,
    body: string | null,
    token: string | null,
    done: Done,
  ): void;
}

/**
 * Makes a passport-oauth2 strategy ask through our own client. Its library has no deadline, reads answers of
 * any length, and takes a redirect for an answer.
 */
export function askThrough(strategy: Strategy, fetch: ProviderFetch['fetch']): void {
  // The field is protected, and the library without types.
  const client = (strategy as unknown as { _oauth2: OAuthClient })._oauth2;
  client._request = (method, url, headers, body, _token, done) => {
    const all = { ...client._customHeaders, ...headers };
    ask(fetch, { method, url, headers: all, body }).then(
      ({ status, text }) => (status >= 200 && status < 300 ? done(null, text) : done({ statusCode: status })),
      (error: unknown) => done(error),
    );
  };
}

async function ask(
  fetch: ProviderFetch['fetch'],
  {
    url,
    method,
    headers,
    body,
  }: { url: string; method: string; headers: Record<string, string>; body: string | null },
): Promise<{ status: number; text: string }> {
  const answer = await fetch(url, { method, headers, body: body === '' ? null : body });
  return { status: answer.status, text: await answer.text() };
}
