import type Router from '@koa/router';
import type { Renewal } from '../../config/live-settings.ts';

/** Reading the configuration's files anew, now rather than at the next look. */
export type ReloadConfiguration = () => Promise<Renewal>;

/** A bad configuration is refused as a whole (409), with the reasons; the one in force stays. */
export function configurationQuestions(router: Router, reload: ReloadConfiguration): void {
  router.post('/config/reload', async (ctx) => {
    const renewal = await reload();
    ctx.status = renewal.kind === 'taken' ? 200 : 409;
    ctx.body = renewal;
  });
}
