import { afterEach, beforeEach, expect, test } from 'vitest';
import { openPagesHouse, type PagesHouse } from '../../../../test/support/pages-house.ts';

const HOUR = 3_600_000;
let house: PagesHouse;
beforeEach(async () => {
  house = await openPagesHouse();
  await house.addUser('ana');
  await house.addUser('boris');
  await house.runServer('ana');
});
afterEach(() => house.close());

const server = () => house.store.servers.get('ana/');
async function home(): Promise<string> {
  const { status, text } = await house.get('/hub/home', 'ana');
  expect(status).toBe(200);
  return text;
}

test('ten minutes before the end the home page says so, with a button that prevents it, without any script', async () => {
  expect(await home()).not.toContain('is idle and stops in');
  house.pass(1.9 * HOUR);
  const page = await home();
  expect(page).toMatch(/is idle and stops in [56] min/);
  expect(page).toMatch(/<form[^>]*method="post"[^>]*action="\/hub\/keep\/ana"/);

  const { status, location } = await house.post('/hub/keep/ana', 'ana');
  expect([status, location]).toEqual([303, '/hub/home']);
  expect(server()?.keepUntil).toBeGreaterThan((server()?.started ?? 0) + 3.8 * HOUR);
  const kept = await home();
  expect(kept).toContain('Kept until');
  expect(kept).not.toContain('is idle and stops in');
});

test('without the form’s own word, and from nobody’s page, nothing is kept', async () => {
  expect((await house.post('/hub/keep/ana', 'ana', { _xsrf: 'guessed' })).status).toBe(403);
  expect((await house.post('/hub/keep/ana', null)).status).not.toBe(303);
  expect(server()?.keepUntil).toBeNull();
});

test('somebody else’s server is not there for others', async () => {
  expect((await house.post('/hub/keep/ana', 'boris')).status).toBe(404);
  const token = await house.token('boris');
  expect((await house.call('POST', '/hub/api/berth/users/ana/server/keep', { token })).status).toBe(404);
  expect(server()?.keepUntil).toBeNull();
});

test('a script keeps its server as well, for less time if it likes, and is told what comes of it', async () => {
  const token = await house.token('ana');
  const path = '/hub/api/berth/users/ana/server/keep';
  const { json: before } = await house.call('GET', path, { token });
  expect(before).toMatchObject({ keep_until: null, freezes_at: null, why: 'idle', frozen: false });
  house.pass(2 * HOUR);
  const { status, json } = await house.call('POST', path, { token, body: { seconds: 600 } });
  expect(status).toBe(200);
  const { keep_until: until, stops_at: stops } = json as { keep_until: string; stops_at: string };
  expect(until).toBe(stops);
  expect(Date.parse(until) - house.hub.clock.now()).toBeLessThanOrEqual(600_000);
  for (const seconds of [0, -1, 'long', null]) {
    expect((await house.call('POST', path, { token, body: { seconds } })).status).toBe(400);
  }
});

test('what does not run cannot be kept', async () => {
  const token = await house.token('boris');
  const path = '/hub/api/berth/users/boris/server/keep';
  expect((await house.call('POST', path, { token })).status).toBe(404);
  await house.runServer('boris');
  await house.hub.stopServer({ user: 'boris', server: '', why: 'user', detail: '' });
  expect((await house.call('POST', path, { token })).status).toBe(400);
});

test('schedules are administrators’ business', async () => {
  expect((await house.get('/hub/admin/schedules', 'ana')).status).toBe(403);
  await house.addUser('maria', { admin: true });
  const { status, text } = await house.get('/hub/admin/schedules', 'maria');
  expect(status).toBe(200);
  expect(text).toContain('Schedules');
});
