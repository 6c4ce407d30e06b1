import { callerName } from '../../domain/caller.ts';
import type { Hub } from '../hub.ts';
import type { HubContext, HubMiddleware } from '../hub-context.ts';
import { authorise } from './authorise.ts';
import type { Call, Endpoint } from './endpoint.ts';
import { readJson } from './json-body.ts';
import { Refusal } from './refusal.ts';
import { shape } from './shape.ts';

/** May they? Is it well formed? Then do it. Who may not is told nothing of what would have been wrong. */
export function runEndpoint(hub: Hub, endpoint: Endpoint): HubMiddleware {
  const { access, body: schema } = endpoint;
  return async (ctx) => {
    const param = paramsOf(ctx);
    const { caller } = ctx.state;
    authorise(hub, caller, access, param);
    const body = schema === undefined ? undefined : shape(schema, await readJson(ctx));
    // `authorise` has made sure of a caller wherever a handler looks at one; and `shape` of the body's type.
    await endpoint.handle({ ctx, hub, caller, param, body } as Call<never>);
    if (endpoint.method !== 'GET' && endpoint.quiet !== true) note(hub, ctx, endpoint, param);
  };
}

/** Who changed what, for whoever asks later. Bodies stay out: they may hold secrets. */
function note(hub: Hub, ctx: HubContext, { method, path }: Endpoint, param: Call['param']): void {
  const { caller, requestId } = ctx.state;
  const by = caller === null ? null : `${caller.kind} ${callerName(caller)}`;
  const what = {
    request: requestId,
    by,
    call: `${method} ${path}`,
    name: param('name'),
    server: param('server'),
  };
  hub.log.info({ ...what, status: ctx.status }, 'asked through the API');
}

/** Parameters of the path as the router decoded them. What cannot be decoded or holds a NUL is refused. */
function paramsOf(ctx: HubContext): Call['param'] {
  const params: Readonly<Record<string, string | undefined>> =
    'params' in ctx && typeof ctx.params === 'object' && ctx.params !== null ? { ...ctx.params } : {};
  for (const value of Object.values(params)) {
    // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
    if (value !== undefined && /[\u0000-\u001f\u007f]|%(?![0-9A-Fa-f]{2})/.test(value)) {
      throw new Refusal(400, 'The address holds characters that stand in no name');
    }
  }
  return (name) => params[name] ?? '';
}
