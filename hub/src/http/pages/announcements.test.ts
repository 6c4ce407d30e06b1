import { afterEach, beforeEach, expect, it } from 'vitest';
import { openPagesHouse, type PagesHouse } from '../../../../test/support/pages-house.ts';

let house: PagesHouse;

beforeEach(async () => {
  house = await openPagesHouse({
    announcements: {
      everywhere: 'Welcome. See <a href="https://lab.example/rules">the rules</a><script>alert(1)</script>',
      at: { login: 'Use your university account.' },
    },
  });
  await house.addUser('alice');
  await house.addUser('mary', { admin: true });
});

afterEach(() => house.close());

const page = '/hub/admin/announcements';
const make = (more: Record<string, string> = {}) =>
  house.post(page, 'mary', {
    text: 'Maintenance on Friday.',
    level: 'warning',
    place: 'everywhere',
    ends: '',
    ...more,
  });
const shown = async (path: string, who: string | null = 'alice') =>
  /<section class="announcements".*?<\/section>/s.exec((await house.get(path, who)).text)?.[0] ?? '';

it('what the configuration says stands on every page as text with links; a page’s own takes its place', async () => {
  const home = await shown('/hub/home');
  expect(home).toContain('role="status"');
  expect(home).toContain('<a href="https://lab.example/rules"');
  expect(home).not.toContain('<script');
  expect(home).toContain('alert(1)');
  const login = await shown('/hub/login', null);
  expect(login).toContain('Use your university account.');
  expect(login).not.toContain('Welcome');
});

it('an administrator announces, and clears it again', async () => {
  expect((await make()).location).toBe(`${page}?made`);
  expect(await shown('/hub/token')).toContain('Maintenance on Friday.');
  const [one] = house.hub.announcements.made();
  expect((await house.post(`${page}/clear/${one?.id}`, 'mary')).status).toBe(303);
  expect(await shown('/hub/token')).not.toContain('Maintenance');
  expect((await house.post(`${page}/clear/${one?.id}`, 'mary')).status).toBe(404);
});

it('one for a page stands there only, and one with an end ends', async () => {
  await make({ place: 'spawn', text: 'The GPU is away.' });
  await make({ ends: '3600' });
  expect(await shown('/hub/home')).not.toContain('The GPU is away.');
  expect(await shown('/hub/spawn')).toContain('The GPU is away.');
  house.pass(3601 * 1000);
  expect(await shown('/hub/spawn')).not.toContain('Maintenance');
  expect(house.hub.announcements.made()).toHaveLength(1);
});

it('nobody else makes or clears one, or sees the page', async () => {
  await make();
  const [one] = house.hub.announcements.made();
  expect((await house.get(page, 'alice')).status).toBe(403);
  expect((await house.post(page, 'alice', { text: 'x' })).status).toBe(403);
  expect((await house.post(`${page}/clear/${one?.id}`, 'alice')).status).toBe(403);
  expect((await house.post(page, null, { text: 'x' })).status).toBe(403);
  expect(house.hub.announcements.made()).toHaveLength(1);
});

it.each(['', '   ', 'x'.repeat(501)])('a text of %j is refused and keeps the form', async (text) => {
  const reply = await make({ text });
  expect(reply.status).toBe(400);
  expect(reply.text).toContain('An announcement has 1 to 500 letters.');
  expect(house.hub.announcements.made()).toEqual([]);
});

it('an address is a link only when it is http or https', async () => {
  await make({ text: 'javascript:alert(1) data:text/html,x https://a.example/b?c=d&e=(f). <b>bold</b>' });
  const html = await shown('/hub/home');
  expect(html).toContain('href="https://a.example/b?c=d&amp;e=(f)"');
  expect(html.match(/href="([^"]*)"/g)).toHaveLength(2);
  expect(html).toContain('&lt;b>bold');
});
