import { isAdminCaller } from '../../domain/caller.ts';
import type { Hub } from '../hub.ts';
import type { HubMiddleware } from '../hub-context.ts';

const NAMES_MAX = 200;

/**
 * Pages: what administrators do, and what anybody does to somebody else, is told as a fact once it has been
 * done. Of what was sent only names are told: other fields may be secrets.
 */
export function auditActs(hub: Hub): HubMiddleware {
  return async (ctx, next) => {
    await next();
    const { caller } = ctx.state;
    if (ctx.method !== 'POST' || ctx.status >= 400 || caller?.kind !== 'session') return;
    // Set by the router: the page's pattern, which holds no names and no words.
    const pattern: unknown = Reflect.get(ctx, '_matchedRoute');
    const params: unknown = Reflect.get(ctx, 'params');
    const on = fieldOf(params, 'user') ?? fieldOf(params, 'name') ?? '';
    const others = on !== '' && on !== caller.user.name;
    if (typeof pattern !== 'string' || !(others || isAdminCaller(caller, hub.roles))) return;
    const names = ctx.state.form.get('names')?.replace(/\s+/g, ' ').slice(0, NAMES_MAX) ?? '';
    const call = `POST ${pattern}${names === '' ? '' : `: ${names}`}`;
    hub.facts.tell({ kind: 'acted', by: caller.user.name, on, call, address: ctx.state.address });
  };
}

function fieldOf(record: unknown, name: string): string | undefined {
  if (typeof record !== 'object' || record === null) return undefined;
  const found: unknown = Reflect.get(record, name);
  return typeof found === 'string' ? found : undefined;
}
