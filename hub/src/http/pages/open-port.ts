import Router from '@koa/router';
import { portsPath } from '../../domain/port-forwarder.ts';
import { Problem } from '../../domain/problem.ts';
import type { Hub } from '../hub.ts';
import type { HubState } from '../hub-context.ts';
import { serverOf } from './server-of.ts';
import { personOf, signedIn } from './signed-in.ts';
import { serverPaths } from './spawn.ts';

const MAX_PORT = 65_535;

/** `GET /hub/port[/:user[/:server]]?port=5000`: leads to the program on that port. */
export function openPortRouter(hub: Hub): Router<HubState> {
  const { baseUrl } = hub.settings;
  const router = new Router<HubState>({ sensitive: true, strict: true });

  router.get(serverPaths(`${baseUrl}hub/port`), signedIn(hub), (ctx) => {
    const person = personOf(ctx);
    const { user = person.user.name, server: name = '' } = ctx.params;
    const server = serverOf(hub, person, 'access:servers', user, name);
    const word = String(ctx.query.port ?? '').trim();
    const port = /^\d{1,5}$/.test(word) ? Number(word) : 0;
    if (port < 1 || port > MAX_PORT) {
      throw new Problem('HTTP-400', { detail: 'A port is a number from 1 to 65535.' });
    }
    ctx.set('Cache-Control', 'no-store');
    ctx.redirect(`${portsPath(baseUrl, server)}${port}/`);
  });

  return router;
}
