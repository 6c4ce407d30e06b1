import Router from '@koa/router';
import type { ProblemCode } from '../../domain/problem.ts';
import type { Hub } from '../hub.ts';
import type { HubState } from '../hub-context.ts';
import { ErrorView } from '../views/error.tsx';
import { renderPage } from '../views/render.ts';
import { sayProblem } from '../views/say.ts';
import { shellOf } from './shell.ts';

const CODES: Readonly<Record<string, ProblemCode>> = {
  '404': 'HTTP-404',
  '502': 'HTTP-502',
  '503': 'HTTP-503',
  '504': 'HTTP-504',
};

/**
 * `/hub/error/:code`: pages that the proxy fetches and shows under its own status, so the answer here is 200
 * (contract §3). It is fetched for nobody in particular: no name, no form, no number.
 */
export function errorTargetRouter(hub: Hub): Router<HubState> {
  const router = new Router<HubState>({ sensitive: true, strict: true });
  // The proxy's command line does not know the base path, which may stand in config.yaml: it asks without.
  const places = new Set([`${hub.settings.baseUrl}hub/error/:code`, '/hub/error/:code']);

  router.get([...places], (ctx) => {
    const status = /^[45]\d\d$/.test(ctx.params.code ?? '') ? Number(ctx.params.code) : 500;
    ctx.set('Cache-Control', 'no-store');
    ctx.body = renderPage(ErrorView, {
      shell: { ...shellOf(hub, ctx), person: null, xsrf: '' },
      status,
      ...sayProblem(ctx.state.t, problemOf(status, ctx.query.url), {}),
      admin: null,
      number: null,
      home: true,
    });
  });

  /** `url`: what was asked of the proxy. All but servers and services is the hub's own. */
  function problemOf(status: number, url: unknown): ProblemCode {
    const told = CODES[String(status)] ?? 'HTTP-502';
    if (status < 502 || typeof url !== 'string') return told;
    const { baseUrl } = hub.settings;
    const others = ['user/', 'services/'].some((door) => url.startsWith(`${baseUrl}${door}`));
    return others ? told : 'HTTP-590';
  }

  return router;
}
