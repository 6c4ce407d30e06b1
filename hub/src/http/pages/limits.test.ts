import { afterEach, beforeEach, expect, test } from 'vitest';
import { openPagesHouse, type PagesHouse } from '../../../../test/support/pages-house.ts';

let house: PagesHouse;
const PAGE = '/hub/admin/limits/bob';
const GRANT = { memory: 2 ** 30, cpus: 1, memoryGuarantee: 2 ** 28, cpuGuarantee: 0, gpus: [] };

beforeEach(async () => {
  house = await openPagesHouse();
  for (const name of ['alice', 'bob']) await house.addUser(name);
  await house.addUser('mary', { admin: true });
  await house.runServer('bob');
  await house.store.change((drafts) => {
    const server = house.store.servers.get('bob/');
    if (server !== undefined) drafts.servers.put({ ...server, containerId: 'c1', grant: GRANT });
  });
});
afterEach(() => house.close());

const grantOf = () => house.store.servers.get('bob/')?.grant;

test('an administrator sees the limits of a running server and changes them', async () => {
  const page = await house.get(PAGE, 'mary');
  expect(page.status).toBe(200);
  expect(page.text).toContain('1 GiB');
  const sent = await house.post(PAGE, 'mary', { memory: '512M', cpus: '0,5' });
  expect(sent).toMatchObject({ status: 303, location: `${PAGE}?changed=1` });
  expect(grantOf()).toEqual({ ...GRANT, memory: 2 ** 29, cpus: 0.5 });
  expect((await house.get(`${PAGE}?changed=1`, 'mary')).text).toContain('The limits are changed.');
});

test('what is left empty stays as it is', async () => {
  await house.post(PAGE, 'mary', { memory: '', cpus: '2' });
  expect(grantOf()).toEqual({ ...GRANT, cpus: 2 });
});

test.each([
  ['nothing', { memory: '', cpus: '' }],
  ['no size', { memory: 'much', cpus: '' }],
  ['less than any notebook needs', { memory: '1M', cpus: '' }],
  ['less than was promised', { memory: '128M', cpus: '' }],
  ['no number', { memory: '', cpus: 'two' }],
  ['no cores at all', { memory: '', cpus: '0' }],
])('%s changes nothing, and what was typed is still there', async (_, typed) => {
  const { status, text } = await house.post(PAGE, 'mary', typed);
  expect(status).toBe(400);
  expect(text).toContain('The limits are as they were');
  for (const word of Object.values(typed).filter((one) => one !== '')) {
    expect(text).toContain(`value="${word}"`);
  }
  expect(grantOf()).toEqual(GRANT);
});

test('nobody else gets at them, not the owner either', async () => {
  for (const who of ['alice', 'bob']) {
    expect((await house.get(PAGE, who)).status).toBe(403);
    expect((await house.post(PAGE, who, { memory: '8G', cpus: '' })).status).toBe(403);
  }
  expect((await house.get('/hub/admin/limits/nobody', 'mary')).status).toBe(404);
  expect(grantOf()).toEqual(GRANT);
});

test('a form without its word is refused', async () => {
  const { status } = await house.post(PAGE, 'mary', { memory: '8G', cpus: '', _xsrf: 'made-up' });
  expect(status).toBe(403);
  expect(grantOf()).toEqual(GRANT);
});

test('the list of people leads there, for a server that runs', async () => {
  const { text } = await house.get('/hub/admin', 'mary');
  expect(text).toContain(`href="${PAGE}"`);
  expect(text).not.toContain('href="/hub/admin/limits/alice"');
});
