import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openPagesHouse, type PagesHouse } from '../../../../test/support/pages-house.ts';

let house: PagesHouse;

beforeEach(async () => {
  house = await openPagesHouse({ baseUrl: '/jhub/', spawn: 'slow' });
  await house.addUser('mary', { admin: true });
});

afterEach(() => house.close());

describe('behind a base path', () => {
  it.each([
    '/jhub/hub/home',
    '/jhub/hub/admin',
    '/jhub/hub/token',
    '/jhub/hub/spawn/mary',
    '/jhub/hub/nothing',
  ])('every address on %s keeps it', async (path) => {
    const { text } = await house.get(path, 'mary');
    const addresses = [...text.matchAll(/ (?:href|src|action|data-live|data-watch)="(\/[^"]*)"/g)];
    expect(addresses.length).toBeGreaterThan(5);
    for (const [, address] of addresses) expect(address).toMatch(/^\/jhub\//);
  });

  it.each([
    ['/jhub/', '/jhub/hub/'],
    ['/jhub/user/mary/lab?x=1', '/jhub/hub/user/mary/lab?x=1'],
    ['/jhub/user/mary', '/jhub/user/mary/'],
    ['/jhub/hub', '/jhub/hub/'],
  ])('%s → %s', async (path, location) => {
    expect((await house.get(path)).location).toBe(location);
  });

  it('a start, a link for everybody and a stopped notebook lead back below it', async () => {
    const next = '/jhub/user/mary/lab';
    expect((await house.post('/jhub/hub/spawn/mary', 'mary', { next })).location).toBe(
      '/jhub/hub/spawn-pending/mary?next=%2Fjhub%2Fuser%2Fmary%2Flab',
    );
    expect((await house.get('/jhub/hub/user-redirect/lab', 'mary')).location).toBe(
      '/jhub/hub/spawn/mary?next=%2Fjhub%2Fuser%2Fmary%2Flab',
    );
    expect((await house.get('/jhub/hub/user/mary/lab', 'mary')).location).toBe(
      '/jhub/hub/spawn-pending/mary?next=%2Fjhub%2Fuser%2Fmary%2Flab',
    );
  });

  it('the proxy, which does not know it, gets error pages that keep it', async () => {
    const { status, text } = await house.get('/hub/error/503?url=%2Fjhub%2Fuser%2Fmary%2F');
    expect(status).toBe(200);
    expect(text).toMatch(/ href="\/jhub\/hub\//);
    expect(text).not.toMatch(/ (?:href|src)="\/hub\//);
  });

  it('a way on beside it is dropped', async () => {
    const reply = await house.post('/jhub/hub/spawn/mary', 'mary', { next: '/other/place' });
    expect(reply.location).toBe('/jhub/hub/spawn-pending/mary');
  });

  it('what lies beside it is nothing of ours', async () => {
    expect((await house.get('/hub/home', 'mary')).status).toBe(404);
    expect((await house.get('/other/', 'mary')).status).toBe(404);
  });

  it.each(['/', '/jhub'])('%s, which is what people type, leads in', async (path) => {
    expect((await house.get(path, 'mary')).location).toBe('/jhub/hub/');
  });
});
