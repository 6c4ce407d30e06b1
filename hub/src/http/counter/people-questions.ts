import type Router from '@koa/router';
import { scopesOfUser } from '../../domain/granted-scopes.ts';
import { Problem } from '../../domain/problem.ts';
import { isAdmin } from '../../domain/role.ts';
import type { Service } from '../../domain/service.ts';
import { sharesWith } from '../../domain/shares-with.ts';
import { isUsername, normalizeUsername, type User } from '../../domain/user.ts';
import type { Hub } from '../hub.ts';
import { invitationUrl } from '../invitation-url.ts';
import { timeOf } from './time-of.ts';

/** Who makes a token at the counter: nobody of the store, with no more rights than the token's owner. */
const COUNTER: Service = {
  name: 'command line',
  admin: false,
  url: null,
  tokenHash: null,
  tokenId: '',
  tokenCreated: 0,
  lastActivity: null,
  clientId: 'service-command-line',
  redirectUri: null,
  allowedScopes: [],
  trusted: false,
  info: {},
  display: false,
  fromConfig: false,
};

/** Accounts, their tokens, and the links with which people come in for the first time. */
export function peopleQuestions(router: Router, hub: Hub): void {
  const { tables } = hub;

  router.get('/users', (ctx) => {
    ctx.body = { users: [...tables.users.values()].map((user) => userRow(hub, user)) };
  });

  router.post('/tokens/:user', async (ctx) => {
    const owner = tables.users.get(normalizeUsername(ctx.params.user ?? ''));
    if (owner === undefined) throw new Problem('HTTP-404', { detail: 'There is no such user.' });
    const all = scopesOfUser(owner, hub.roles, sharesWith(tables, owner, hub.clock.now()));
    const answer = await hub.issueToken({
      caller: { kind: 'service', service: COUNTER, scopes: all },
      owner,
      note: 'made at the command line',
      // As long as the settings let a token live.
      expiresIn: null,
      scopes: null,
      roles: null,
    });
    if (answer.kind === 'refused') throw new Problem('HTTP-400', { detail: answer.message });
    ctx.status = 201;
    ctx.body = { token: answer.word, expires: answer.token.expires };
  });

  router.post('/setup-link', async (ctx) => {
    const word = hub.settings.localAccounts ? await hub.createInvitation({ user: null }) : null;
    if (word === null) {
      ctx.status = 409;
      ctx.body = { message: hub.settings.localAccounts ? 'There is an administrator already.' : NO_ACCOUNTS };
      return;
    }
    ctx.status = 201;
    ctx.body = { path: invitationUrl(hub.settings, word) };
  });

  router.post('/invite/:name', async (ctx) => {
    const name = normalizeUsername(ctx.params.name ?? '');
    if (!isUsername(name)) throw new Problem('HTTP-400', { detail: 'That cannot be a user name.' });
    if (!hub.settings.localAccounts) throw new Problem('HTTP-400', { detail: NO_ACCOUNTS });
    const word = await hub.createInvitation({ user: name });
    ctx.status = 201;
    ctx.body = { name, path: invitationUrl(hub.settings, word ?? '') };
  });
}

const NO_ACCOUNTS =
  'Nobody signs in with a password of the hub’s: AUTHENTICATOR_CLASS leaves local accounts out.';

function userRow({ tables, roles }: Hub, user: User) {
  const running = tables.servers.where('user', user.name).filter(({ state }) => state !== 'stopped');
  return {
    name: user.name,
    admin: isAdmin(roles, user),
    groups: user.groups,
    servers: running.length,
    lastActivity: timeOf(user.lastActivity),
  };
}
