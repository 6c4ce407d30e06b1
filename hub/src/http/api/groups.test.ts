import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openClassroom } from '../../../../test/support/classroom.ts';
import { type ContractHub, openContractHub } from '../../../../test/support/contract-hub.ts';

let house: ContractHub;
let admin: string;

beforeEach(async () => {
  ({ house, admin } = await openClassroom());
});
afterEach(() => house.close());

const call = (method: string, path: string, body?: unknown, token = admin) =>
  house.call(method, `/hub/api${path}`, { token, body });

describe('groups', () => {
  test('made, filled, noted on, emptied, removed', async () => {
    const group = { kind: 'group', name: 'physics', roles: [], users: ['alice'], properties: {} };
    expect(await call('POST', '/groups', { groups: ['physics'], users: ['alice'] })).toMatchObject({
      status: 201,
      json: [group],
    });
    expect((await call('POST', '/groups/physics')).status).toBe(409);
    expect(await call('POST', '/groups/physics/users', { users: ['bob', 'alice'] })).toMatchObject({
      status: 200,
      json: { users: ['alice', 'bob'] },
    });
    expect((await call('GET', '/users/bob')).json).toMatchObject({ groups: ['physics'] });
    expect(await call('PUT', '/groups/physics/properties', { cpu: 2 })).toMatchObject({
      status: 200,
      json: { properties: { cpu: 2 } },
    });
    expect(await call('DELETE', '/groups/physics/users', { users: ['bob'] })).toMatchObject({
      status: 200,
      json: { users: ['alice'] },
    });
    expect((await call('GET', '/groups')).json).toEqual([{ ...group, properties: { cpu: 2 } }]);
    expect((await call('DELETE', '/groups/physics')).status).toBe(204);
    expect((await call('GET', '/users/alice')).json).toMatchObject({ groups: [] });
    expect(await call('GET', '/groups/physics')).toMatchObject({
      status: 404,
      json: { message: 'No such group: physics' },
    });
  });

  test.each([
    ['POST', '/groups', {}, 400],
    ['POST', '/groups', { groups: [] }, 400],
    ['POST', '/groups', { groups: ['a!b'] }, 400],
    ['POST', '/groups', { groups: ['new', 'g'] }, 409],
    ['POST', '/groups', { groups: ['new'], users: ['nobody'] }, 400],
    ['POST', '/groups/new', { users: 'x' }, 400],
    ['POST', '/groups/new', { scopes: ['x'] }, 400],
    ['POST', '/groups/g/users', {}, 400],
    ['POST', '/groups/g/users', { users: ['alice', 'nobody'] }, 400],
    ['DELETE', '/groups/g/users', undefined, 400],
    ['PUT', '/groups/g/properties', [1], 400],
    ['POST', '/groups/none/users', { users: ['alice'] }, 404],
  ])('%s %s %j is %i and changes nothing', async (method, path, body, status) => {
    await call('POST', '/groups/g');
    const reply = await call(method, path, body);
    expect(reply).toMatchObject({ status, json: { status } });
    expect((await call('GET', '/groups')).json).toEqual([
      { kind: 'group', name: 'g', roles: [], users: [], properties: {} },
    ]);
  });

  test('who may read names only sees names only', async () => {
    await call('POST', '/groups', { groups: ['a', 'b'], users: ['alice'] });
    const names = await house.token('mary', ['list:groups!group=b']);
    expect((await call('GET', '/groups', undefined, names)).json).toEqual([{ kind: 'group', name: 'b' }]);
    expect((await call('GET', '/groups/a', undefined, names)).status).toBe(404);
    expect((await call('POST', '/groups/b/users', { users: ['bob'] }, names)).status).toBe(403);
  });

  test('a right over a group reaches its members, and notebooks are told their names', async () => {
    await house.close();
    house = await openContractHub({
      roles: [
        {
          name: 'tutor',
          description: '',
          scopes: ['access:servers!group=class', 'servers!group=class'],
          users: ['tess'],
          groups: [],
          services: [],
        },
      ],
    });
    for (const name of ['alice', 'bob', 'tess']) await house.addUser(name);
    await house.hub.changeGroups.create({ names: ['class'], users: ['alice'] });
    const tess = await house.token('tess');
    expect((await call('POST', '/users/alice/server', {}, tess)).status).toBe(201);
    expect((await call('POST', '/users/bob/server', {}, tess)).status).toBe(404);
    expect((await call('GET', '/user', undefined, tess)).json).toMatchObject({
      scopes: expect.arrayContaining(['access:servers!user=alice']),
    });
    await house.hub.changeGroups.members({ group: 'class', leave: ['alice'] });
    expect((await call('DELETE', '/users/alice/server', undefined, tess)).status).toBe(404);
  });

  test('a limited right makes nothing new (GHSA-69wv-m5fw-2fhp)', async () => {
    await call('POST', '/groups/g');
    const limited = await house.token('mary', ['admin:users!group=g', 'admin:groups!group=g']);
    expect((await call('POST', '/users', { usernames: ['x'] }, limited)).status).toBe(403);
    expect((await call('POST', '/users/x', undefined, limited)).status).toBe(404);
    expect((await call('POST', '/groups', { groups: ['h'] }, limited)).status).toBe(403);
    expect((await call('POST', '/groups/h', undefined, limited)).status).toBe(404);
  });
});
