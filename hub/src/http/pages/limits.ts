import Router from '@koa/router';
import { Problem } from '../../domain/problem.ts';
import { isOpen, type Server } from '../../domain/server.ts';
import { readSize } from '../../domain/size.ts';
import { formatLimit } from '../../domain/spawn-progress.ts';
import { usernameInUrl } from '../../domain/user.ts';
import type { Limits } from '../../usecases/limit-server.ts';
import type { Hub } from '../hub.ts';
import type { HubContext, HubState } from '../hub-context.ts';
import { LimitsView } from '../views/limits.tsx';
import type { LimitsProps } from '../views/limits-props.ts';
import type { Messages } from '../views/messages/en.ts';
import { renderPage } from '../views/render.ts';
import { labelOf } from './present-server.ts';
import { serverOf } from './server-of.ts';
import { shellOf } from './shell.ts';
import { personOf, requireScope, signedIn } from './signed-in.ts';

/** Less would end any notebook at once; more than that is a slip of the finger. As the API has it. */
const LEAST_MEMORY = 64 * 1024 * 1024;
const MOST_MEMORY = 2 ** 50;

type Context = HubContext & { params: Record<string, string> };
type Typed = LimitsProps['typed'];

export function limitsPath(baseUrl: string, { user, name }: Pick<Server, 'user' | 'name'>): string {
  const end = name === '' ? '' : `/${encodeURIComponent(name)}`;
  return `${baseUrl}hub/admin/limits/${usernameInUrl(user)}${end}`;
}

/** `/hub/admin/limits/:user[/:server]`: what a running server may use, shown and changed. */
export function limitsRouter(hub: Hub): Router<HubState> {
  const prefix = `${hub.settings.baseUrl}hub/admin`;
  const router = new Router<HubState>({ prefix, sensitive: true, strict: true });
  const paths = ['/limits/:user', '/limits/:user/:server'];

  router.get(paths, signedIn(hub), (ctx) => {
    show(ctx, limited(ctx), { complaint: null, changed: ctx.query.changed === '1' });
  });

  router.post(paths, signedIn(hub), async (ctx) => {
    const server = limited(ctx);
    const { form } = ctx.state;
    const typed = { memory: form.get('memory')?.trim() ?? '', cpus: form.get('cpus')?.trim() ?? '' };
    const limits = readLimits(shellOf(hub, ctx).t, typed);
    const complaint = typeof limits === 'string' ? limits : await change(server, limits);
    if (complaint !== null) {
      ctx.status = 400;
      return show(ctx, server, { complaint, changed: false, typed });
    }
    ctx.status = 303;
    ctx.redirect(`${ctx.path}?changed=1`);
  });

  /** @throws Problem PERM-001 without the scope for administrators' pages, HTTP-404 without the one for this server. */
  function limited(ctx: Context): Server {
    const person = personOf(ctx);
    requireScope(person, 'admin-ui');
    return serverOf(hub, person, 'admin:servers', ctx.params.user ?? '', ctx.params.server ?? '');
  }

  /** Null when it is done, else why not. */
  async function change(server: Server, limits: Limits): Promise<string | null> {
    try {
      await hub.limitServer(server, limits);
      return null;
    } catch (error) {
      const refused =
        error instanceof Problem && (error.code === 'SERVER-001' || error.code === 'SERVER-002');
      if (!refused) throw error;
      return String(error.facts.detail);
    }
  }

  function show(
    ctx: Context,
    server: Server,
    told: { readonly complaint: string | null; readonly changed: boolean; readonly typed?: Typed },
  ): void {
    const shell = shellOf(hub, ctx);
    const grant = isOpen(server) ? server.grant : null;
    ctx.set('Cache-Control', 'no-store');
    ctx.body = renderPage(LimitsView, {
      shell,
      label: labelOf(shell.t, server, shell.person?.name ?? ''),
      action: ctx.path,
      memory: grant?.memory == null ? null : formatLimit(grant.memory),
      cpus: grant?.cpus == null ? null : String(grant.cpus),
      typed: { memory: '', cpus: '' },
      ...told,
    });
  }

  return router;
}

/** The limits that were typed, or what is wrong with them. */
function readLimits({ limits: words }: Messages, { memory, cpus }: Typed): Limits | string {
  const bytes = readSize(memory);
  const cores = Number(cpus.replace(',', '.'));
  if (memory === '' && cpus === '') return words.nothing;
  if (memory !== '' && (bytes === undefined || bytes < LEAST_MEMORY || bytes > MOST_MEMORY)) {
    return words.badMemory;
  }
  if (cpus !== '' && !(cores >= 0.01 && cores <= 1024)) return words.badCpus;
  return { ...(bytes === undefined ? {} : { memory: bytes }), ...(cpus === '' ? {} : { cpus: cores }) };
}
