import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openPagesHouse, type PagesHouse } from '../../../../test/support/pages-house.ts';
import { assetUrls, hashedName } from './asset-files.ts';
import { ASSETS } from './shell.ts';

let house: PagesHouse;

beforeAll(async () => {
  house = await openPagesHouse({ baseUrl: '/jhub/' });
});
afterAll(() => house.close());

const urls = assetUrls(ASSETS, '/jhub/');

describe('assets', () => {
  it.each(ASSETS.map((asset) => [asset.name, asset] as const))(
    '%s may be kept for ever under its hash',
    async (name, asset) => {
      const reply = await house.get(String(urls[name]));
      expect(reply.status).toBe(200);
      expect(reply.headers['cache-control']).toBe('public, max-age=31536000, immutable');
      expect(reply.headers['content-type']).toBe(asset.type);
      expect(reply.text).toBe(asset.body.toString('utf8'));
    },
  );

  it('of an older build get what there is, and are asked for again', async () => {
    const reply = await house.get(`/jhub/hub/static/${hashedName('berth.css', '000000000000')}`);
    expect([reply.status, reply.headers['cache-control']]).toEqual([200, 'no-cache']);
  });

  it.each(['x.css', '..%2Fcss%2Fbase.css', '%252e%252e', 'berth.css%00', 'tsconfig.json'])(
    '%s is nothing',
    async (file) => {
      expect((await house.get(`/jhub/hub/static/${file}`)).status).toBe(404);
    },
  );

  it('are not sent twice', async () => {
    const reply = await house.get('/jhub/hub/logo', null, {
      'if-none-match': `"${ASSETS.find((a) => a.name === 'logo.svg')?.hash}"`,
    });
    expect([reply.status, reply.text]).toEqual([304, '']);
  });

  it('the icon is there where browsers look by themselves', async () => {
    expect((await house.get('/jhub/favicon.ico')).location).toBe('/jhub/hub/favicon.ico');
    const reply = await house.get('/jhub/hub/favicon.ico');
    expect([reply.status, reply.headers['content-type']]).toEqual([200, 'image/svg+xml; charset=utf-8']);
  });

  it('the logo is there for notebooks’ own pages', async () => {
    const reply = await house.get('/jhub/hub/logo');
    expect([reply.status, reply.headers['content-type']]).toEqual([200, 'image/svg+xml; charset=utf-8']);
  });
});

describe('what a page weighs, zipped', () => {
  const zipped = (end: string) =>
    ASSETS.filter(({ name }) => name.endsWith(end)).reduce((sum, { gzip }) => sum + gzip.length, 0);

  it('at most 12 KB of style', () => expect(zipped('.css')).toBeLessThan(12 * 1024));
  it('at most 20 KB of script, all of them together', () => expect(zipped('.js')).toBeLessThan(20 * 1024));
});
