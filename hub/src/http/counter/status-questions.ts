import type Router from '@koa/router';
import { JUPYTERHUB_VERSION } from '../../domain/settings.ts';
import type { Hub } from '../hub.ts';

/** Each part of the house and how it is; `ok` begins the words of one that is well. */
export type Health = () => Promise<Readonly<Record<string, string>>>;

/** How the house is. */
export function statusQuestions(router: Router, { tables, settings }: Hub, health: Health): void {
  router.get('/health', async (ctx) => {
    const states = await health();
    ctx.status = Object.values(states).every((state) => /^ok\b/.test(state)) ? 200 : 503;
    ctx.body = states;
  });

  router.get('/status', async (ctx) => {
    const states: Record<string, number> = {};
    for (const { state } of tables.servers.values()) states[state] = (states[state] ?? 0) + 1;
    ctx.body = {
      speaks: JUPYTERHUB_VERSION,
      uptimeSeconds: Math.round(process.uptime()),
      address: `${settings.publicOrigin}${settings.baseUrl}`,
      users: tables.users.size,
      servers: states,
      parts: await health(),
    };
  });
}
