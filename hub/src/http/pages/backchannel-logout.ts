import Router from '@koa/router';
import { Problem } from '../../domain/problem.ts';
import type { Hub } from '../hub.ts';
import type { HubState } from '../hub-context.ts';
import { readBody } from '../read-body.ts';

/** Longer than any logout token, and shorter than what would be work. */
const MAX_BYTES = 32 * 1024;

/**
 * `POST /hub/oauth_backchannel_logout`: the provider itself says that somebody signed out there. No browser
 * is involved, so there is neither cookie nor `_xsrf`: the token's signature is the whole proof. The answer
 * says as little as OpenID Connect's Back-Channel Logout 1.0 §2.8 allows.
 */
export function backchannelLogoutRouter(hub: Hub): Router<HubState> {
  const { baseUrl } = hub.settings;
  const router = new Router<HubState>({ prefix: `${baseUrl}hub`, sensitive: true, strict: true });

  router.post('/oauth_backchannel_logout', async (ctx) => {
    ctx.set('Cache-Control', 'no-store');
    if (!ctx.is('application/x-www-form-urlencoded') || ctx.get('Content-Encoding') !== '') {
      throw new Problem('HTTP-400', { detail: 'A form with one logout_token was expected.' });
    }
    const form = new URLSearchParams((await readBody(ctx.req, MAX_BYTES)).toString('utf8'));
    const tokens = form.getAll('logout_token');
    try {
      await hub.endByProvider(tokens.length === 1 ? (tokens[0] ?? '') : '');
      ctx.status = 200;
      ctx.body = '';
    } catch (error) {
      if (!(error instanceof Problem) || error.code !== 'AUTH-021') throw error;
      hub.log.info({ request: ctx.state.requestId, code: error.code }, error.message.slice(0, 300));
      ctx.status = 400;
      ctx.body = { error: 'invalid_request', error_description: 'The logout token was refused.' };
    }
  });

  return router;
}
