import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Reply } from '../../../../test/support/contract-call.ts';
import { type ContractHub, openContractHub } from '../../../../test/support/contract-hub.ts';
import { endpoints } from './endpoints.ts';
import { MODELS } from './models.ts';

interface Operation {
  readonly operationId: string;
  readonly parameters: readonly { readonly name: string; readonly in: string }[];
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: object }>> };
}
interface Description {
  readonly openapi: string;
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, object>> };
}

let house: ContractHub;
let admin: string;
let described: Description;

beforeAll(async () => {
  house = await openContractHub({ namedServers: 0 });
  await house.addUser('alice');
  await house.addUser('mary', { admin: true });
  admin = await house.token('mary');
  described = (await house.call('GET', '/hub/api/openapi.json')).json as Description;
});

afterAll(() => house.close());

describe('the description', () => {
  test('names every route of the API and no other', async () => {
    expect(described.openapi).toBe('3.1.0');
    const told = Object.entries(described.paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
    );
    const served = endpoints.map(
      ({ method, path }) => `${method} ${path === '' ? '/' : path.replace(/:(\w+)/g, '{$1}')}`,
    );
    expect(told.sort()).toEqual([...new Set(served)].sort());
  });

  test('each route that it names answers something else than 404 or 405 to its method', async () => {
    for (const [path, methods] of Object.entries(described.paths)) {
      for (const method of Object.keys(methods)) {
        const address = path.replace('{name}', 'alice').replace(/\{\w+\}/, 'x');
        const reply = await house.call(method.toUpperCase(), `/hub/api${address}`);
        // Removed ones say so themselves.
        const gone = method === 'post' && path.startsWith('/authorizations/token');
        expect([method, path, [404, 405].includes(reply.status)]).toEqual([method, path, gone]);
      }
    }
  });

  test('holds together: ids are unique, parameters are told, references lead somewhere', () => {
    const operations = Object.entries(described.paths).flatMap(([path, methods]) =>
      Object.values(methods).map((operation) => ({ path, ...operation })),
    );
    const ids = operations.map(({ operationId }) => operationId);
    expect(new Set(ids).size).toBe(ids.length);
    for (const { path, parameters } of operations) {
      const named = parameters.filter((parameter) => parameter.in === 'path').map(({ name }) => name);
      expect(named).toEqual([...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name));
    }
    const text = JSON.stringify(described);
    for (const [, name] of text.matchAll(/#\/components\/schemas\/(\w+)/g)) {
      expect(Object.keys(described.components.schemas)).toContain(name);
    }
  });

  test('bodies are the very schemas that check them', () => {
    const body = described.paths['/users']?.post?.requestBody?.content['application/json']?.schema;
    expect(JSON.stringify(body)).toContain('"usernames"');
    expect(JSON.stringify(body)).toContain('"additionalProperties":false');
  });
});

describe('what is answered is what is described', () => {
  const walk: readonly [method: string, path: string, body?: unknown][] = [
    ['GET', '/'],
    ['GET', '/info'],
    ['GET', '/user'],
    ['POST', '/users', { usernames: ['new'] }],
    ['GET', '/users'],
    ['POST', '/users/newer'],
    ['GET', '/users/alice'],
    ['PATCH', '/users/newer', { admin: true }],
    ['POST', '/users/alice/server', { image: 'x' }],
    ['GET', '/users/alice'],
    ['POST', '/users/alice/tokens', { note: 'n' }],
    ['GET', '/users/alice/tokens'],
    ['POST', '/groups', { groups: ['g'], users: ['alice'] }],
    ['GET', '/groups'],
    ['POST', '/groups/h'],
    ['GET', '/groups/g'],
    ['POST', '/groups/g/users', { users: ['new'] }],
    ['PUT', '/groups/g/properties', { a: 1 }],
    ['POST', '/services/s', { url: 'http://10.0.0.1' }],
    ['GET', '/services'],
    ['GET', '/services/s'],
    ['GET', '/proxy'],
    ['GET', '/users/nobody'],
    ['POST', '/oauth2/token'],
  ];

  test.each(walk)('%s %s', async (method, path, body) => {
    const reply: Reply = await house.call(method, `/hub/api${path}`, { token: admin, body });
    const route = endpoints.find((one) => one.method === method && pattern(one.path).test(path));
    const answer = route?.answers[reply.status];
    const model = answer?.model ?? (reply.status >= 400 ? 'Error' : undefined);
    if (model === undefined) expect(reply.text).toBe('');
    else expect(MODELS[model].safeParse(reply.json).error).toBeUndefined();
    expect(answer, `${reply.status} is not described`).toBeDefined();
  });
});

function pattern(path: string): RegExp {
  return new RegExp(`^${path.replace(/:\w+/g, '[^/]+')}$`);
}
