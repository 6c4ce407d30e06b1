import { setTimeout as sleep } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { Browser, CDPSession } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { newServer } from '../../hub/src/domain/server.ts';
import { measure } from '../support/busy-house.ts';
import { openHouseBrowser } from '../support/house-browser.ts';
import { openPagesHouse, type PagesHouse } from '../support/pages-house.ts';
import { asPerson } from '../support/walker.ts';

/** `PROVE_PAGES_MINUTES=10` is the whole proof. */
const MINUTES = Number(process.env.PROVE_PAGES_MINUTES ?? 1);
const USERS = 5000;
const RUNNING = 300;
/** Looks come so often here: ten times as many as in life, so that what grows shows. */
const LOOK_MS = 1500;
const MIB = 2 ** 20;

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

let house: PagesHouse;
let browser: Browser;

beforeAll(async () => {
  [house, browser] = [await openPagesHouse(), await openHouseBrowser()];
  await house.addUser('mary', { admin: true });
  const user = await house.addUser('user0');
  const now = house.hub.clock.now();
  await house.store.change((drafts) => {
    for (let n = 1; n < USERS; n += 1) drafts.users.put({ ...user, name: `user${n}` });
    for (let n = 0; n < RUNNING; n += 1) {
      const grant = { memory: 4 * 2 ** 30, cpus: 2, memoryGuarantee: 0, cpuGuarantee: 0, gpus: [] };
      drafts.servers.put({
        ...newServer(`user${n}`),
        state: 'ready',
        image: 'quay.io/jupyter/scipy-notebook:2026-11-02',
        containerId: `container${n}`,
        started: now - n * 60_000,
        lastActivity: now,
        grant,
      });
    }
  });
}, 120_000);
afterAll(async () => {
  await browser?.close();
  await house?.close();
});

it(
  `a list of ${RUNNING} running servers among ${USERS} people stays live for ${MINUTES} min, in bounded memory`,
  async () => {
    const keys = Array.from({ length: RUNNING }, (_, n) => `user${n}/`);
    measure(house, keys);
    const context = await asPerson(browser, house, 'mary');
    const page = await context.newPage();
    const faults: string[] = [];
    page.on('console', (message) => {
      if (message.type() === 'error') faults.push(message.text());
    });
    page.on('pageerror', (error) => faults.push(String(error)));
    await page.goto(`${house.origin}/hub/admin/servers?size=300`);
    expect(await page.locator('tbody tr').count()).toBe(RUNNING);
    const probe = await context.newCDPSession(page);
    await probe.send('Performance.enable');
    const picked = page.locator('tbody tr').nth(7).getByRole('checkbox');
    await picked.check();
    await picked.focus();

    const samples: { page: number; hub: number; nodes: number }[] = [];
    const until = Date.now() + MINUTES * 60_000;
    let look = 0;
    while (Date.now() < until) {
      look += 1;
      move(keys, look);
      // What it says of a server is what was measured of it just now.
      await page.waitForFunction(shows, [`s-user${look % RUNNING}_2F`, words(look)] as const, {
        timeout: 60_000,
      });
      if (look % 5 === 0) samples.push(await weigh(probe));
      await sleep(LOOK_MS);
    }
    samples.push(await weigh(probe));
    expect(await picked.isChecked()).toBe(true);
    expect(await picked.evaluate((box) => box.ownerDocument.activeElement === box)).toBe(true);
    expect(faults).toEqual([]);
    // The first weighings are of a page that is still getting ready.
    const settled = samples.slice(Math.ceil(samples.length / 4));
    const grown = (of: 'page' | 'hub' | 'nodes') =>
      mean(settled.slice(-2), of) - mean(settled.slice(0, 2), of);
    const [first, last] = [settled[0], settled.at(-1)];
    console.log(
      `${look} looks in ${MINUTES} min: page ${mib(first?.page)} → ${mib(last?.page)} MiB, ` +
        `${first?.nodes} → ${last?.nodes} nodes, hub ${mib(first?.hub)} → ${mib(last?.hub)} MiB (with the test ${mib(process.memoryUsage().rss)} resident)`,
    );
    expect(grown('page')).toBeLessThan(4 * MIB);
    expect(grown('nodes')).toBeLessThan(RUNNING * 5);
    expect(grown('hub')).toBeLessThan(24 * MIB);
    await context.close();
  },
  (MINUTES + 4) * 60_000,
);

/** A look of the engine: every server computes a little, one of them has a figure of its own. */
function move(keys: readonly string[], look: number): void {
  for (const at of keys.keys()) {
    const memory = at === look % RUNNING ? (look + 1) * MIB : 2 ** 30 + ((look + at) % 9) * 128 * MIB;
    const used = 10_000 + look * (200 + (at % 7) * 100);
    house.usage.record({
      containerId: `container${at}`,
      at: 60_000 + look * 1000,
      used,
      memory,
    });
  }
  house.usage.tell();
}

function words(look: number): string {
  return `${look + 1} MiB`;
}

/** In the page: whether an element's text holds these words. */
function shows([id, text]: readonly [string, string]): boolean {
  const { document } = globalThis as unknown as {
    document: { getElementById(id: string): { textContent: string } | null };
  };
  return document.getElementById(id)?.textContent.includes(text) ?? false;
}

/** After a collection on both sides: what is left is held. */
async function weigh(probe: CDPSession): Promise<{ page: number; hub: number; nodes: number }> {
  await probe.send('HeapProfiler.collectGarbage');
  collect();
  const { metrics } = await probe.send('Performance.getMetrics');
  const of = (name: string) => metrics.find((one) => one.name === name)?.value ?? Number.NaN;
  return { page: of('JSHeapUsedSize'), nodes: of('Nodes'), hub: process.memoryUsage().heapUsed };
}

function mean(
  samples: readonly Record<'page' | 'hub' | 'nodes', number>[],
  of: 'page' | 'hub' | 'nodes',
): number {
  return samples.reduce((sum, sample) => sum + sample[of], 0) / Math.max(1, samples.length);
}

function mib(bytes: number | undefined): string {
  return ((bytes ?? 0) / MIB).toFixed(1);
}
