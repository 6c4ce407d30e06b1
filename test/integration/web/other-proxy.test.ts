import { afterAll, beforeAll, expect, test } from 'vitest';
import { until } from '../locked-container.ts';
import { BASE, WebHouse } from './web-house.ts';

// The genuine configurable-http-proxy: it keeps a guard as it keeps any word, and lets everybody through.
let house: WebHouse;
beforeAll(async () => {
  house = await WebHouse.open({}, 'configurable-http-proxy');
});
afterAll(() => house?.close());

test('behind a proxy that guards nothing a web application is opened to nobody, and the reason is told', async () => {
  const { alice } = house.hub;
  await house.hub.api('POST', `/users/${alice}/server`, { profile: 'app' });
  const ended = await until(async () => {
    if ((await house.hub.container()) !== null) throw new Error('its container is still there');
    const server = await house.hub.server();
    if (server === undefined || server.pending !== null) throw new Error('it is still starting');
    return server;
  });
  expect(ended).toMatchObject({ ready: false });
  const { at, token } = house.hub.proxy.door;
  const table = await fetch(`${'url' in at ? at.url : ''}/api/routes`, {
    headers: { authorization: `token ${token}` },
  });
  expect(Object.keys((await table.json()) as object)).toEqual(['/']);
  const browser = await house.person(alice);
  const page = (await browser.follow(`${BASE}hub/home`)).at(-1);
  expect(page?.text).toContain('SPAWN-171');
});
