import { afterEach, beforeEach, expect, it } from 'vitest';
import { openPagesHouse, type PagesHouse } from '../../../../test/support/pages-house.ts';

let house: PagesHouse;

beforeEach(async () => {
  house = await openPagesHouse({ spawn: 'slow' });
  await house.addUser('alice');
});

afterEach(() => house.close());

const speaks = (html: string) => /<html lang="(\w+)"/.exec(html)?.[1];
const wish = { 'accept-language': 'de-AT,de;q=0.9' };

it('pages speak as the browser asks, and tell caches so', async () => {
  const { text, headers } = await house.get('/hub/home', 'alice', wish);
  expect(speaks(text)).toBe('de');
  expect(text).toContain('Guten Tag, alice');
  expect(headers['content-language']).toBe('de');
  expect(String(headers.vary)).toMatch(/Accept-Language/);
  expect(String(headers.vary)).toMatch(/Cookie/);
});

it('what the reader chose goes before what the browser asks; what is no language is no choice', async () => {
  const { cookie } = await house.signIn('alice');
  const home = async (choice: string) =>
    (await house.get('/hub/home', null, { ...wish, cookie: `${cookie}; berth-language=${choice}` })).text;
  expect(speaks(await home('ko'))).toBe('ko');
  expect(await home('ko')).toContain('alice 님, 안녕하십니까');
  expect(speaks(await home('"en"'))).toBe('en');
  expect(speaks(await home('../../etc'))).toBe('de');
});

it('a form changes it without scripts, and leaves the theme as it was', async () => {
  const reply = await house.post('/hub/appearance', 'alice', { language: 'ko', next: '/hub/token' });
  expect([reply.status, reply.location]).toEqual([303, '/hub/token']);
  const cookies = [reply.headers['set-cookie'] ?? []].flat();
  expect(cookies.filter((cookie) => cookie.startsWith('berth-language=ko; Path=/hub/'))).toHaveLength(1);
  expect(cookies.filter((cookie) => cookie.startsWith('berth-theme='))).toEqual([]);
  const odd = await house.post('/hub/appearance', 'alice', { language: 'tlh', next: '/hub/token' });
  expect([odd.headers['set-cookie'] ?? []].flat().join()).not.toMatch(/berth-(?:language|theme)/);
});

it('errors, failures and what the proxy fetches speak it, too; scripts are answered in English', async () => {
  expect((await house.get('/hub/nowhere', 'alice', wish)).text).toContain('Hier ist nichts');
  expect((await house.get('/hub/error/503', null, wish)).text).toContain('Ihr Server antwortet nicht');
  expect((await house.get('/hub/login', null, { 'accept-language': 'ko' })).text).toContain('로그인');
  const json = await house.get('/hub/nowhere', 'alice', { ...wish, accept: 'application/json' });
  expect(JSON.parse(json.text).message).toContain('There is nothing here');
});

it('a page shows every language under its own name, and which one it speaks', async () => {
  const { text } = await house.get('/hub/home', 'alice', wish);
  for (const name of ['English', '한국어', 'Deutsch']) expect(text).toContain(`>${name}</button>`);
  expect(text).toMatch(/value="de" lang="de" aria-pressed="true"/);
});
