import type { ExchangeRequest } from '../../usecases/exchange-code.ts';
import { answerJson } from './answer.ts';
import type { Endpoint } from './endpoint.ts';
import { readFields } from './json-body.ts';

/**
 * `POST /oauth2/token` (contract §2.4). The client proves itself in the form or by Basic; an `Authorization:
 * token …`, which `jupyterhub-singleuser` sends along, means nothing here.
 */
export const oauthTokenEndpoint: Endpoint = {
  method: 'POST',
  path: '/oauth2/token',
  summary: 'Exchange an authorization code for a token',
  access: { kind: 'open' },
  answers: {
    200: { description: 'The token', model: 'OAuthToken' },
    400: { description: 'invalid_request, invalid_grant or unsupported_grant_type', model: 'OAuthError' },
    401: { description: 'invalid_client', model: 'OAuthError' },
    429: { description: 'Too many wrong secrets or codes from this address', model: 'OAuthError' },
  },
  handle: async ({ ctx, hub }) => {
    ctx.set({ 'Cache-Control': 'no-store', Pragma: 'no-cache' });
    const form = await readFields(ctx);
    const repeated = [...form.keys()].find((key) => form.getAll(key).length > 1);
    if (repeated !== undefined) {
      answerJson(
        ctx,
        { error: 'invalid_request', error_description: `Duplicate ${repeated.slice(0, 40)} parameter.` },
        400,
      );
      return;
    }
    const answer = await hub.exchangeCode(exchangeOf(form, ctx.get('authorization'), ctx.address));
    if (answer.kind === 'error') {
      if (answer.retryAfter !== undefined) ctx.set({ 'Retry-After': String(answer.retryAfter) });
      const more = answer.description === undefined ? {} : { error_description: answer.description };
      answerJson(ctx, { error: answer.error, ...more }, answer.status);
      return;
    }
    answerJson(ctx, {
      access_token: answer.token,
      expires_in: answer.expiresIn,
      token_type: 'Bearer',
      scope: answer.scopes.join(' '),
    });
  },
};

function exchangeOf(form: URLSearchParams, authorization: string, address: string): ExchangeRequest {
  const basic = basicCredentials(authorization);
  return {
    grantType: form.get('grant_type'),
    clientId: form.get('client_id') ?? basic?.id ?? null,
    clientSecret: form.get('client_secret') ?? basic?.secret ?? null,
    code: form.get('code'),
    redirectUri: form.get('redirect_uri'),
    verifier: form.get('code_verifier'),
    address,
  };
}

/** RFC 6749 §2.3.1: both words are form-encoded before they are joined. */
function basicCredentials(header: string): { readonly id: string; readonly secret: string } | null {
  const coded = /^basic\s+([A-Za-z0-9+/=]+)\s*$/i.exec(header)?.[1];
  if (coded === undefined) return null;
  const [id = '', ...rest] = Buffer.from(coded, 'base64').toString('utf8').split(':');
  const words = new URLSearchParams(`id=${id}&secret=${rest.join(':')}`);
  return { id: words.get('id') ?? '', secret: words.get('secret') ?? '' };
}
