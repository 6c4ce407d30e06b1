import Router from '@koa/router';
import Koa from 'koa';
import { Problem } from '../domain/problem.ts';
import { isUsername, normalizeUsername } from '../domain/user.ts';
import { type CounterParts, counterQuestions } from './counter-questions.ts';
import type { Hub } from './hub.ts';
import { invitationUrl } from './invitation-url.ts';

/**
 * What the command line may ask, over a socket that only the hub's own user can open. No sign-in: who can
 * open it can read the store as well.
 */
export function makeCounterApp(hub: Hub, parts: CounterParts): Koa {
  const router = new Router({ sensitive: true, strict: true });

  router.get('/health', async (ctx) => {
    const states = await parts.health();
    ctx.status = Object.values(states).every((state) => /^ok\b/.test(state)) ? 200 : 503;
    ctx.body = states;
  });

  router.post('/setup-link', async (ctx) => {
    if (!hub.settings.localAccounts) {
      ctx.status = 409;
      ctx.body = {
        message:
          'Nobody signs in with a password of the hub’s: AUTHENTICATOR_CLASS leaves local accounts out.',
      };
      return;
    }
    const word = await hub.createInvitation({ user: null });
    if (word === null) {
      ctx.status = 409;
      ctx.body = { message: 'There is an administrator already.' };
      return;
    }
    ctx.status = 201;
    ctx.body = { path: invitationUrl(hub.settings, word) };
  });

  router.post('/invite/:name', async (ctx) => {
    const name = normalizeUsername(ctx.params.name ?? '');
    if (!isUsername(name)) throw new Problem('HTTP-400', { detail: 'That cannot be a user name.' });
    if (!hub.settings.localAccounts) {
      throw new Problem('HTTP-400', { detail: 'AUTHENTICATOR_CLASS leaves local accounts out.' });
    }
    const word = await hub.createInvitation({ user: name });
    ctx.status = 201;
    ctx.body = { path: invitationUrl(hub.settings, word ?? '') };
  });

  const app = new Koa();
  app.use(async (ctx, next) => {
    try {
      await next();
    } catch (error) {
      if (!(error instanceof Problem)) hub.log.error({ error, path: ctx.path }, 'a command failed');
      ctx.status = error instanceof Problem ? error.status : 500;
      ctx.body = { message: error instanceof Problem ? error.message : 'The hub failed; its log says why.' };
    }
  });
  const questions = counterQuestions(hub, parts);
  app.use(questions.routes());
  app.use(router.routes()).use(router.allowedMethods());
  return app;
}
