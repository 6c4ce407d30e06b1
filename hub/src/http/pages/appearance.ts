import Router from '@koa/router';
import { safeNext } from '../../domain/next-url.ts';
import { setCookie } from '../cookies.ts';
import type { Hub } from '../hub.ts';
import type { HubContext, HubState } from '../hub-context.ts';
import { LANGUAGE_COOKIE, languageNamed } from '../language.ts';
import { THEME_COOKIE, themeOf } from './shell.ts';

const YEAR_SECONDS = 365 * 24 * 3600;

/** `POST /hub/appearance`: light, dark, or as the system has it; and the language. Kept in cookies, so that
 * no page flashes. A button sends one of the two; the other stays as it was. */
export function appearanceRouter(hub: Hub): Router<HubState> {
  const { settings } = hub;
  const router = new Router<HubState>({ prefix: `${settings.baseUrl}hub`, sensitive: true, strict: true });

  router.post('/appearance', (ctx) => {
    const { form } = ctx.state;
    const theme = form.get('theme');
    if (theme !== null) remember(ctx, THEME_COOKIE, themeOf(theme));
    const language = languageNamed(form.get('language') ?? '');
    if (language !== undefined) remember(ctx, LANGUAGE_COOKIE, language.lang);
    ctx.status = 303;
    ctx.redirect(backOf(form.get('next')) ?? `${settings.baseUrl}hub/home`);
  });

  function remember(ctx: HubContext, name: string, value: string): void {
    setCookie(ctx, name, value, {
      path: `${settings.baseUrl}hub/`,
      httpOnly: true,
      maxAge: YEAR_SECONDS,
    });
  }

  /** Sign-in and set-up pages are no place to be sent to after signing in, but one to stay on. */
  function backOf(raw: string | null): string | null {
    const door = /^[^?]*\/hub\/(?:login|setup)(?=\?|$)/.exec(raw ?? '')?.[0];
    if (door === `${settings.baseUrl}hub/login` || door === `${settings.baseUrl}hub/setup`) return raw;
    return safeNext(raw, settings);
  }

  return router;
}
