import Router from '@koa/router';
import type { DoctorEcho } from '../doctor-echo.ts';
import type { HubState } from '../hub-context.ts';

/** The echo's answer to a plain request: what of scheme, host and address has arrived at the hub. */
export function doctorEchoRouter(echo: DoctorEcho): Router<HubState> {
  const router = new Router<HubState>({ sensitive: true, strict: true });
  router.get(echo.path, (ctx) => {
    ctx.set('Cache-Control', 'no-store');
    if (!echo.admits(ctx.req)) {
      ctx.status = 404;
      ctx.body = '';
      return;
    }
    const scheme = ctx.get('x-forwarded-proto').split(',')[0]?.trim() || 'http';
    ctx.body = { scheme, host: ctx.get('host'), address: ctx.state.address };
  });
  return router;
}
