import { callerName, isAdminCaller } from '../../domain/caller.ts';
import type { Hub } from '../hub.ts';
import type { ApiContext } from './api-context.ts';
import type { Identify } from './authenticate.ts';
import { authorise } from './authorise.ts';
import type { Call, Endpoint } from './endpoint.ts';
import { readJson } from './json-body.ts';
import { Refusal } from './refusal.ts';
import { shape } from './shape.ts';

/**
 * Who is it, may they, is it well formed? Then do it. Who may not is told nothing of what would have been wrong.
 *
 * @param values what the address says for the `:name`s of the endpoint's path, not decoded.
 */
export async function runEndpoint(
  hub: Hub,
  ctx: ApiContext,
  identify: Identify,
  endpoint: Endpoint,
  values: readonly string[],
): Promise<void> {
  const param = paramsOf(endpoint, values);
  const admit = (): void => {
    identify(hub, ctx);
    authorise(hub, ctx.state.caller, endpoint.access, param);
  };
  admit();
  let body: unknown;
  if (endpoint.body !== undefined) {
    const sent = await readJson(ctx);
    // A body may take its time; a token or an account that went meanwhile does nothing any more.
    admit();
    body = shape(endpoint.body, sent);
  }
  // `authorise` has made sure of a caller wherever a handler looks at one; and `shape` of the body's type.
  await endpoint.handle({ ctx, hub, caller: ctx.state.caller, param, body } as Call<never>);
  if (endpoint.method !== 'GET' && endpoint.quiet !== true) note(hub, ctx, endpoint, param);
}

/** Who changed what, for whoever asks later. Bodies stay out: they may hold secrets. */
function note(hub: Hub, ctx: ApiContext, { method, path }: Endpoint, param: Call['param']): void {
  const { caller } = ctx.state;
  const by = caller === null ? null : `${caller.kind} ${callerName(caller)}`;
  const what = {
    request: ctx.requestId,
    by,
    call: `${method} ${path}`,
    name: param('name'),
    server: param('server'),
  };
  hub.log.info({ ...what, status: ctx.status }, 'asked through the API');
  if (caller === null || (!isAdminCaller(caller, hub.roles) && callerName(caller) === what.name)) return;
  const call = `${method} ${path}${what.server === '' ? '' : ` ${what.server}`}`;
  hub.facts.tell({ kind: 'acted', by: callerName(caller), on: what.name, call, address: ctx.address });
}

const namesOf = new WeakMap<Endpoint, readonly string[]>();

/** Parameters of the path, decoded. @throws Refusal 400 for what cannot be, or holds control characters. */
function paramsOf(endpoint: Endpoint, values: readonly string[]): Call['param'] {
  if (values.length === 0) return () => '';
  const names = namesOf.get(endpoint) ?? [...endpoint.path.matchAll(/:(\w+)/g)].map(([, name]) => name ?? '');
  namesOf.set(endpoint, names);
  const decoded = values.map(decode);
  return (name) => decoded[names.indexOf(name)] ?? '';
}

function decode(value: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
  const bad = /[\u0000-\u001f\u007f]/;
  try {
    const text = value.includes('%') ? decodeURIComponent(value) : value;
    if (!bad.test(text)) return text;
  } catch {
    // No UTF-8 behind the percent signs: as bad as a control character.
  }
  throw new Refusal(400, 'The address holds characters that stand in no name');
}
