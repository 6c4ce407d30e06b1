import Router from '@koa/router';
import Koa from 'koa';
import { Problem } from '../../domain/problem.ts';
import type { ImportHub } from '../../usecases/import-hub.ts';
import type { Hub } from '../hub.ts';
import { configurationQuestions, type ReloadConfiguration } from './configuration-questions.ts';
import { groupQuestions } from './group-questions.ts';
import { importQuestions } from './import-questions.ts';
import { peopleQuestions } from './people-questions.ts';
import { type LogOf, serversQuestions } from './servers-questions.ts';
import { shareQuestions } from './share-questions.ts';
import { type Health, statusQuestions } from './status-questions.ts';
import { storageQuestions } from './storage-questions.ts';
import { type Upkeep, upkeepQuestions } from './upkeep-questions.ts';

/** What the counter asks of parts that no page needs. */
export interface CounterParts {
  readonly health: Health;
  readonly logOf: LogOf;
  readonly upkeep: Upkeep;
  readonly reload: ReloadConfiguration;
  readonly importHub: ImportHub;
}

/**
 * What the command line may ask, over a socket that only the hub's own user can open: JSON of all that a table on a
 * terminal may show. No sign-in: who can open it can read the store as well.
 */
export function makeCounterApp(hub: Hub, parts: CounterParts): Koa {
  const router = counterRouter(hub, parts);
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
  app.use(router.routes()).use(router.allowedMethods());
  return app;
}

/** Every question there is, by its path. */
export function counterRouter(hub: Hub, parts: CounterParts): Router {
  const router = new Router({ sensitive: true, strict: true });
  statusQuestions(router, hub, parts.health);
  peopleQuestions(router, hub);
  serversQuestions(router, hub, parts.logOf);
  storageQuestions(router, hub);
  upkeepQuestions(router, hub, parts.upkeep);
  groupQuestions(router, hub);
  shareQuestions(router, hub);
  configurationQuestions(router, parts.reload);
  importQuestions(router, hub, parts.importHub);
  return router;
}
