import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { until } from '../locked-container.ts';
import { BASE, WebHouse } from './web-house.ts';

// What goes through the proxy is all that is known of a web application: nobody asks it, and it tells nothing.
let house: WebHouse;
let busy = '';
let quiet = '';

beforeAll(async () => {
  house = await WebHouse.open({
    CULL_ENABLED: 'true',
    FREEZE_TIMEOUT: '8',
    CULL_TIMEOUT: '40',
    CULL_EVERY: '2',
    CULL_ACTIVITY: 'any',
  });
  [busy, quiet] = [house.hub.alice, house.name('quiet')];
  await house.hub.api('POST', `/users/${quiet}`);
  for (const name of [busy, quiet]) await house.hub.startServer(name, { profile: 'app' }, 120_000);
});
afterAll(() => house?.close());

const isFrozen = async (name: string) => (await house.hub.container(name))?.State.Paused === true;
const own = (name: string) => `${BASE}user/${name}/`;

test('one that is used stays; one that is not falls asleep, is woken by its visitor and by nobody else, and is stopped in the end', async () => {
  const browser = await house.person(quiet);
  expect((await browser.follow(own(quiet))).at(-1)?.status).toBe(200);
  const user = await house.person(busy);
  expect((await user.follow(own(busy))).at(-1)?.status).toBe(200);
  const going = new AbortController();
  const using = (async () => {
    for (let request = 0; request < 600 && !going.signal.aborted; request += 1) {
      expect((await user.visit(`${own(busy)}x`, 'GET', { 'sec-fetch-mode': 'cors' })).status).toBe(200);
      await sleep(500);
    }
  })();

  try {
    await until(async () => {
      if (!(await isFrozen(quiet))) throw new Error('not asleep');
    });
    expect(await isFrozen(busy)).toBe(false);
    // A stranger's request is refused by the proxy, and wakes nobody.
    expect((await house.fetch(`${own(quiet)}x`)).status).toBe(401);
    await sleep(1_500);
    expect(await isFrozen(quiet)).toBe(true);
    expect((await browser.visit(`${own(quiet)}again`)).status).toBe(200);
    expect(await isFrozen(quiet)).toBe(false);

    await until(async () => {
      if ((await house.hub.server(quiet))?.stopped === false) throw new Error('not stopped');
      if (await house.hub.container(quiet)) throw new Error('still there');
    }, 150);
    expect((await house.hub.server(busy))?.ready).toBe(true);
  } finally {
    going.abort();
    await using;
  }
}, 300_000);
