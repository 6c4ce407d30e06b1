import { mkdtemp, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { AUDIENCE, guardedHouse, PATH, withCookie } from './guarded-house.ts';
import { ask, control } from './harness.ts';

const SECRET = 'kzp9-very-secret';

describe('headers of a route', () => {
  it('stand on every request in place of the client’s, and are shown to nobody', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'berth-routes-'));
    const file = join(directory, 'routes.json');
    const house = await guardedHouse({ headers: { 'X-Door-Token': SECRET } }, [`--storage-file=${file}`]);
    const headers = {
      ...withCookie(house.hubKeys.visit()),
      'x-door-token': 'guessed',
      x_door_token: 'guessed',
    };
    const reply = await ask(house.port, `${AUDIENCE}x`, { headers });
    expect(house.seen[0]?.headers['x-door-token']).toBe(SECRET);
    expect(house.seen[0]?.headers).not.toHaveProperty('x_door_token');
    const table = await control(house.proxy, 'GET', '');
    const one = await control(house.proxy, 'GET', PATH);
    expect(JSON.parse(one.body).headers).toEqual({ 'X-Door-Token': '***' });
    expect(JSON.stringify([table.body, one.body, reply])).not.toContain(SECRET);
    // The proxy's own file is how they outlive a restart.
    await house.proxy.close();
    expect(await readFile(file, 'utf8')).toContain(SECRET);
  });

  it.each([
    [{ Host: 'x' }, 'Host'],
    [{ 'Content-Length': '1' }, 'Content-Length'],
    [{ Cookie: 'a=1' }, 'Cookie'],
    [{ 'X-Forwarded-User': 'root' }, 'X-Forwarded-User'],
    [{ 'a b': 'x' }, 'it names'],
    [{ 'X-A': 'x\r\nX-B: y' }, 'X-A'],
    [{ 'X-A': 7 }, 'X-A'],
  ])('%j is refused, without a word of its value', async (headers, named) => {
    const { proxy, app } = await guardedHouse();
    const reply = await control(proxy, 'POST', '/user/bob/x', { target: app.url, headers });
    expect(reply.status).toBe(400);
    expect(JSON.parse(reply.body).message).toContain(named);
    expect((await control(proxy, 'GET', '/user/bob/x')).status).toBe(404);
  });
});

describe('a route whose path is taken off', () => {
  it('shows its server the rest, and the prefix in a header', async () => {
    const { port, hubKeys, seen } = await guardedHouse({ strip_prefix: true });
    const headers = { ...withCookie(hubKeys.visit()), 'x-forwarded-prefix': '/lie' };
    await ask(port, `${AUDIENCE}a%20b/?x=%2F`, { headers });
    expect(seen[0]).toMatchObject({ url: '/a%20b/?x=%2F', headers: { 'x-forwarded-prefix': PATH } });
    await ask(port, AUDIENCE, { headers });
    expect(seen[1]?.url).toBe('/');
  });

  it('puts the path back into redirects and cookies', async () => {
    const { port, hubKeys } = await guardedHouse({ strip_prefix: true });
    const headers = withCookie(hubKeys.visit());
    expect((await ask(port, `${AUDIENCE}go`, { headers })).headers.location).toBe(`${PATH}/there?x=1`);
    const set = await ask(port, `${AUDIENCE}set`, { headers });
    expect(set.headers['set-cookie']).toEqual([`mine=1; Path=${PATH}/; HttpOnly`]);
  });
});
