import { z } from 'zod';
import { JUPYTERHUB_VERSION } from '../../domain/settings.ts';
import type { Access, Answer, Endpoint } from './endpoint.ts';
import { MODELS, type ModelName } from './models.ts';

type Json = Record<string, unknown>;

/** Describes the API in OpenAPI 3.1, from what routes, checks and answers are made from. */
export function describeApi(endpoints: readonly Endpoint[], baseUrl: string): Json {
  const paths: Record<string, Json> = {};
  for (const one of endpoints) {
    const path = pathOf(one);
    paths[path] = { ...paths[path], [one.method.toLowerCase()]: operationOf(one) };
  }
  return {
    openapi: '3.1.0',
    info: {
      title: "Berth: JupyterHub's REST API",
      version: JUPYTERHUB_VERSION,
      description: 'Timestamps are UTC. Fields that the caller may not read are absent, not null.',
    },
    servers: [{ url: `${baseUrl}hub/api` }],
    security: [{ token: [] }],
    paths,
    components: {
      schemas: Object.fromEntries(
        Object.entries(MODELS).map(([name, model]) => [name, schemaOf(model, 'output')]),
      ),
      securitySchemes: {
        token: {
          type: 'apiKey',
          in: 'header',
          name: 'Authorization',
          description: '`token <token>` or `Bearer <token>`',
        },
      },
    },
  };
}

/** `/users/{name}`; the bare prefix is written `/`, as OpenAPI has no empty path. */
function pathOf({ path }: Endpoint): string {
  return path === '' ? '/' : path.replace(/:(\w+)/g, '{$1}');
}

function operationOf(one: Endpoint): Json {
  const { body } = one;
  const named = [...one.path.matchAll(/:(\w+)/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }));
  const asked = Object.entries(one.query ?? {}).map(([name, description]) => ({
    name,
    in: 'query',
    description,
    schema: { type: 'string' },
  }));
  return {
    operationId: operationId(one),
    summary: one.summary,
    description: whoMay(one.access),
    ...(one.access.kind === 'open' ? { security: [] } : {}),
    parameters: [...named, ...asked],
    ...(body === undefined
      ? {}
      : { requestBody: { content: { 'application/json': { schema: schemaOf(body, 'input') } } } }),
    responses: responsesOf(one),
  };
}

function operationId({ method, path }: Endpoint): string {
  const words = path.replaceAll(':', '').split(/[/.]/).filter(Boolean);
  const slash = path.endsWith('/') ? ['slash'] : path.includes('//') ? ['default'] : [];
  return [method.toLowerCase(), ...words, ...slash].join('-');
}

function whoMay(access: Access): string {
  if (access.kind === 'open') return 'For everybody.';
  if (access.kind === 'identity') return 'For whoever has credentials.';
  const any = `Needs ${access.any.length > 1 ? 'any of ' : ''}${access.any.map((scope) => `\`${scope}\``).join(', ')}`;
  if (access.kind === 'one') return `${any}, for this ${access.on}.`;
  return access.kind === 'whole' ? `${any}, without limits.` : `${any}; shows what it covers.`;
}

function responsesOf(one: Endpoint): Json {
  const own = Object.entries(one.answers).map(([status, answer]) => [
    status,
    responseOf(Number(status), answer),
  ]);
  const forbidden = { description: 'No credentials, or not these', ...contentOf('Error') };
  return { ...(one.access.kind === 'open' ? {} : { 403: forbidden }), ...Object.fromEntries(own) };
}

function responseOf(status: number, { description, model }: Answer): Json {
  if (model !== undefined) return { description, ...contentOf(model) };
  return { description, ...(status >= 400 ? contentOf('Error') : {}) };
}

function contentOf(model: ModelName): Json {
  return { content: { 'application/json': { schema: { $ref: `#/components/schemas/${model}` } } } };
}

function schemaOf(schema: z.ZodType, io: 'input' | 'output'): Json {
  const { $schema: _, ...described } = z.toJSONSchema(schema, { io, unrepresentable: 'any' });
  return described;
}
