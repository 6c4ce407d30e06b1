import Router from '@koa/router';
import { RENEW_HEADER, type RenewAnswer } from '../../../../proxy/src/contract.ts';
import type { Hub } from '../hub.ts';
import type { HubState } from '../hub-context.ts';

/**
 * What asks nobody who they are: the proxy has visits renewed here, whose cookie is its own proof, and programs find
 * the key with which they can check who visits them (a JWK set, RFC 7517).
 */
export function guardRenewRouter(hub: Hub): Router<HubState> {
  const { baseUrl } = hub.settings;
  const router = new Router<HubState>({ prefix: `${baseUrl}hub/guard`, sensitive: true, strict: true });

  router.post('/renew', async (ctx) => {
    ctx.set('Cache-Control', 'no-store');
    const cookie = hub.visits.renew(ctx.get(RENEW_HEADER));
    ctx.status = cookie === null ? 403 : 200;
    ctx.body = cookie === null ? { message: 'This visit is over.' } : ({ cookie } satisfies RenewAnswer);
  });

  router.get('/keys', async (ctx) => {
    const { key } = hub.visits;
    ctx.set('Cache-Control', 'public, max-age=300');
    ctx.body = {
      keys: [{ kty: 'OKP', crv: 'Ed25519', alg: 'EdDSA', use: 'sig', kid: key.slice(0, 8), x: key }],
    };
  });

  return router;
}
