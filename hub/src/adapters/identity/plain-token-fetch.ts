import type { ProviderFetch } from './provider-fetch.ts';

/**
 * Plain OAuth 2 providers are careless with their token answers: some leave `token_type` out, some answer
 * as a form, some add an identity token that nobody can check because its issuer is not known. The answer is
 * put right here, and such a token dropped: who it is, userdata alone says.
 */
export function plainTokenFetch(fetch: ProviderFetch['fetch'], tokenUrl: string): ProviderFetch['fetch'] {
  return async (url, asked) => {
    const answer = await fetch(url, asked);
    if (url !== new URL(tokenUrl).href || !answer.ok) return answer;
    const body = fieldsOf(await answer.clone().text());
    if (body === null) return answer;
    const { id_token: _unchecked, scope, ...fields } = body;
    // GitHub's kind writes an error with status 200.
    const status = typeof fields.error === 'string' ? 400 : 200;
    return Response.json(
      {
        token_type: 'bearer',
        ...fields,
        ...(typeof scope === 'string' ? { scope } : {}),
      },
      { status },
    );
  };
}

function fieldsOf(text: string): Record<string, unknown> | null {
  if (!text.trimStart().startsWith('{')) {
    const form = Object.fromEntries(new URLSearchParams(text));
    return 'access_token' in form || 'error' in form ? form : null;
  }
  try {
    const parsed: unknown = JSON.parse(text);
    return typeof parsed === 'object' && parsed !== null ? { ...parsed } : null;
  } catch {
    return null;
  }
}
