import assert from 'node:assert/strict';
import type { Browser } from 'playwright-core';
import { newPerson } from '../browser.ts';
import { newNotebook, startCell } from '../jupyter-lab.ts';
import { invite, openFromHome, signIn, startFromHome, throughLink } from '../people.ts';
import { docker, type Stack } from '../stack.ts';

/** Longer than the time-out by far, and silent: only asking the kernel tells that it is busy. */
const CELL_SECONDS = 90;
const TIMEOUT_SECONDS = 15;

/**
 * With the culler set to seconds: bob's idle server stops and his home page says why; ana's, with a long
 * silent cell and no browser, does not.
 */
export async function culling(
  stack: Stack,
  browser: Browser,
): Promise<{ idleStoppedAfter: number; busyLivedFor: number }> {
  const ana = await newPerson(browser);
  await signIn(ana.page, stack, 'ana');
  await openFromHome(ana.page, stack);
  await newNotebook(ana.page);
  await startCell(ana.page, `import time; time.sleep(${CELL_SECONDS})`);
  await ana.page.locator('.jp-Notebook-ExecutionIndicator[data-status="busy"]').first().waitFor();
  const cellBegun = Date.now();

  const bob = await newPerson(browser);
  await throughLink(bob.page, await invite(stack, 'bob'), 'bob');
  await startFromHome(bob.page, stack);

  await stack.set({ CULL_TIMEOUT: String(TIMEOUT_SECONDS), CULL_EVERY: '3' });
  await ana.context.close();
  await bob.context.close();
  const closed = Date.now();
  await stack.compose('up', '-d', 'hub');

  const idleStoppedAfter = await untilGone('bob', closed + 60_000);
  const busyUntil = cellBegun + (CELL_SECONDS - 10) * 1000;
  while (Date.now() < busyUntil) {
    assert.equal(await running('ana'), true, 'a server that computes is never stopped');
    await new Promise((later) => setTimeout(later, 1000));
  }
  const busyLivedFor = (Date.now() - closed) / 1000;
  assert.ok(busyLivedFor > 2 * TIMEOUT_SECONDS, 'it computed for more than twice the time-out');

  const again = await newPerson(browser);
  await signIn(again.page, stack, 'bob');
  await again.page
    .getByText(/idle for/i)
    .first()
    .waitFor();
  await again.context.close();
  await stack.set({ CULL_TIMEOUT: '3600', CULL_EVERY: '60' });
  await stack.compose('up', '-d', 'hub');
  await stack.healthy();
  return { idleStoppedAfter: (idleStoppedAfter - closed) / 1000, busyLivedFor };
}

async function untilGone(user: string, deadline: number): Promise<number> {
  while (Date.now() < deadline) {
    if (!(await running(user))) return Date.now();
    await new Promise((later) => setTimeout(later, 500));
  }
  throw new Error(`the idle server of ${user} was not stopped in time`);
}

async function running(user: string): Promise<boolean> {
  return (await docker('ps', '-q', '--filter', `name=^jupyter-${user}$`)) !== '';
}
