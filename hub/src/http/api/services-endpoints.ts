import { z } from 'zod';
import { excess, expandScopes, isScope, limitsOf } from '../../domain/scope.ts';
import { isServiceName } from '../../domain/service.ts';
import { answerEmpty, answerJson } from './answer.ts';
import { type Call, type Endpoint, endpoint } from './endpoint.ts';
import { groupsOf } from './groups-of.ts';
import { presentService } from './present-service.ts';
import { Refusal } from './refusal.ts';
import { dictionary } from './shape.ts';

/** JupyterHub takes eight letters. Tokens are hashed quickly here, so a guessable one must not be made. */
const TOKEN_MIN = 16;

const spec = z.strictObject(
  {
    name: z.string().optional(),
    admin: z.boolean({ error: 'service.admin must be bool' }).optional(),
    url: z.url({ protocol: /^https?$/, error: 'service.url must be an http or https address' }).optional(),
    api_token: z
      .string()
      .min(TOKEN_MIN, `service.api_token must have at least ${TOKEN_MIN} letters`)
      .max(512)
      .optional(),
    oauth_client_allowed_scopes: z.array(z.string()).max(500).optional(),
    oauth_client_id: z
      .string()
      .regex(/^service-[A-Za-z0-9._-]{1,200}$/, 'service.oauth_client_id must start with service-')
      .optional(),
    oauth_redirect_uri: z
      .string()
      .regex(
        /^(?:https?:\/\/[^\s#]+|\/(?!\/)[^\s#]*)$/,
        'service.oauth_redirect_uri must be a path or an http address',
      )
      .max(2000)
      .optional(),
    oauth_no_confirm: z.boolean().optional(),
    info: dictionary.optional(),
    display: z.boolean().optional(),
    // Only for programs that the hub would start: known, so that they can be refused by name.
    command: z.array(z.string()).optional(),
    cwd: z.string().optional(),
    environment: dictionary.optional(),
    user: z.string().optional(),
  },
  { error: ({ code }) => (code === 'unrecognized_keys' ? undefined : 'Invalid service data') },
);

/** `/services`: programs beside the hub. */
export const servicesEndpoints: readonly Endpoint[] = [
  {
    method: 'GET',
    path: '/services',
    summary: 'Services by name',
    access: { kind: 'some', any: ['list:services'] },
    answers: { 200: { description: 'Services by name', model: 'Services' } },
    handle: ({ ctx, hub, caller }) => {
      const limits = limitsOf(caller.scopes, 'list:services');
      const shown = [...hub.tables.services.values()].filter(
        ({ name }) => limits === 'all' || limits?.service.has(name) === true,
      );
      answerJson(ctx, Object.fromEntries(shown.map((one) => [one.name, presentService(hub, caller, one)])));
    },
  },
  {
    method: 'GET',
    path: '/services/:name',
    summary: 'One service',
    access: {
      kind: 'one',
      on: 'service',
      any: ['read:services', 'read:services:name', 'read:roles:services'],
    },
    answers: {
      200: { description: 'The service', model: 'Service' },
      404: { description: 'No such service' },
    },
    handle: ({ ctx, hub, caller, param }) => {
      const service = hub.tables.services.get(param('name'));
      if (service === undefined) throw new Refusal(404, `No such service: ${param('name').slice(0, 80)}`);
      answerJson(ctx, presentService(hub, caller, service));
    },
  },
  endpoint({
    method: 'POST',
    path: '/services/:name',
    summary: 'Add a service that runs by itself',
    access: { kind: 'one', on: 'service', any: ['admin:services'] },
    body: spec.optional(),
    answers: {
      201: { description: 'The service', model: 'Service' },
      400: { description: 'It cannot be made so' },
      409: { description: 'It is there already' },
    },
    handle: add,
  }),
  {
    method: 'DELETE',
    path: '/services/:name',
    summary: 'Remove a service that was added while the hub ran',
    access: { kind: 'one', on: 'service', any: ['admin:services'] },
    answers: {
      200: { description: 'Gone' },
      404: { description: 'No such service' },
      405: { description: 'It stands in the configuration' },
    },
    handle: async ({ ctx, hub, param }) => {
      const name = param('name');
      const service = hub.tables.services.get(name);
      if (service === undefined) throw new Refusal(404, `Service ${name.slice(0, 80)} does not exist`);
      if (service.fromConfig) throw new Refusal(405, `Service ${name} is not modifiable at runtime`);
      await hub.changeServices.remove(name);
      answerEmpty(ctx, 200);
    },
  },
];

async function add({ ctx, hub, caller, param, body }: Call<z.infer<typeof spec> | undefined>): Promise<void> {
  const name = param('name');
  if (hub.tables.services.get(name) !== undefined) throw new Refusal(409, `Service ${name} already exists`);
  if (body === undefined) throw new Refusal(400, 'Invalid service data');
  if (!isServiceName(name)) throw new Refusal(400, `Invalid service name: ${name.slice(0, 80)}`);
  if ((body.command?.length ?? 0) > 0) {
    throw new Refusal(400, `Can not create managed service ${name} at runtime`);
  }
  checkRights(hub, caller, body);
  const service = await hub.changeServices.add({
    name,
    admin: body.admin,
    url: body.url,
    apiToken: body.api_token,
    clientId: body.oauth_client_id,
    redirectUri: body.oauth_redirect_uri,
    allowedScopes: body.oauth_client_allowed_scopes,
    trusted: body.oauth_no_confirm,
    info: body.info,
    display: body.display,
  });
  answerJson(ctx, presentService(hub, caller, service), 201);
}

/** A service may be given, and may ask for, only what its maker may do. */
function checkRights(hub: Call['hub'], caller: Call['caller'], body: z.infer<typeof spec>): void {
  const allowed = body.oauth_client_allowed_scopes ?? [];
  const unknown = allowed.find((scope) => !isScope(scope));
  if (unknown !== undefined) throw new Refusal(400, `Scope '${unknown.slice(0, 80)}' does not exist`);
  const admin = body.admin === true ? (hub.roles.get('admin')?.scopes ?? []) : [];
  const owner = caller.kind === 'service' ? { service: caller.service.name } : { user: caller.user.name };
  const wanted = expandScopes([...admin, ...allowed], owner);
  const beyond = excess(caller.scopes, wanted, groupsOf(hub));
  if (beyond.length === 0) return;
  const who = caller.kind === 'service' ? `Service ${caller.service.name}` : `User ${caller.user.name}`;
  throw new Refusal(400, `Not assigning requested scopes ${beyond.join(',')} not held by ${who}`);
}
