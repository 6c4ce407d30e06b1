import Router from '@koa/router';
import { safeNext } from '../../domain/next-url.ts';
import { setCookie } from '../cookies.ts';
import type { Hub } from '../hub.ts';
import type { HubState } from '../hub-context.ts';
import { THEME_COOKIE, themeOf } from './shell.ts';

const YEAR_SECONDS = 365 * 24 * 3600;

/** `POST /hub/appearance`: light, dark, or as the system has it. Kept in a cookie, so that no page flashes. */
export function appearanceRouter(hub: Hub): Router<HubState> {
  const { settings } = hub;
  const router = new Router<HubState>({ prefix: `${settings.baseUrl}hub`, sensitive: true, strict: true });

  router.post('/appearance', (ctx) => {
    const theme = themeOf(ctx.state.form.get('theme') ?? '');
    setCookie(ctx, THEME_COOKIE, theme, {
      path: `${settings.baseUrl}hub/`,
      httpOnly: true,
      maxAge: YEAR_SECONDS,
    });
    ctx.status = 303;
    ctx.redirect(backOf(ctx.state.form.get('next')) ?? `${settings.baseUrl}hub/home`);
  });

  /** Sign-in and set-up pages are no place to be sent to after signing in, but one to stay on. */
  function backOf(raw: string | null): string | null {
    const door = /^[^?]*\/hub\/(?:login|setup)(?=\?|$)/.exec(raw ?? '')?.[0];
    if (door === `${settings.baseUrl}hub/login` || door === `${settings.baseUrl}hub/setup`) return raw;
    return safeNext(raw, settings);
  }

  return router;
}
