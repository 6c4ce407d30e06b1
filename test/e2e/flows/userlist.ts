import assert from 'node:assert/strict';
import type { Browser, Page } from 'playwright-core';
import type { StandInGitHub } from '../../stand-ins/github.ts';
import { newPerson } from '../browser.ts';
import { startFromHome } from '../people.ts';
import type { Stack } from '../stack.ts';

/**
 * Edits the userlist while the stack runs: who is added can sign in, through GitHub; who is removed is out
 * within two seconds, at the hub and at their own server.
 */
export async function userlist(
  stack: Stack,
  browser: Browser,
  github: StandInGitHub,
): Promise<{ inSeconds: number; outSeconds: number }> {
  github.add('Mona', 42);
  github.current = 'Mona';
  const { context, page } = await newPerson(browser);

  await throughGitHub(page, stack);
  await page.getByRole('heading', { name: /not on the list/i }).waitFor();

  const added = Date.now();
  await stack.writeUserlist('# our lab\nana admin\nmona\n');
  let inSeconds = Number.NaN;
  while (Date.now() - added < 10_000 && Number.isNaN(inSeconds)) {
    await throughGitHub(page, stack);
    if (/\/hub\/home$/.test(page.url())) inSeconds = (Date.now() - added) / 1000;
  }
  assert.ok(inSeconds > 0, 'the added name signs in');
  await startFromHome(page, stack);

  const removed = Date.now();
  await stack.writeUserlist('# our lab\nana admin\n');
  let outSeconds = Number.NaN;
  while (Date.now() - removed < 10_000 && Number.isNaN(outSeconds)) {
    const at = (Date.now() - removed) / 1000;
    const statuses = await page.evaluate(async () => {
      const ask = async (path: string) => (await fetch(path, { redirect: 'manual' })).type;
      return [await ask('/hub/home'), await ask('/user/mona/api/status')];
    });
    // Both doors answer with a redirect to sign in.
    if (statuses.every((type) => type === 'opaqueredirect')) outSeconds = at;
    else await new Promise((later) => setTimeout(later, 50));
  }
  assert.ok(outSeconds <= 2, `out within 2 s (was ${outSeconds})`);
  await context.close();
  return { inSeconds, outSeconds };
}

async function throughGitHub(page: Page, stack: Stack): Promise<void> {
  await page.goto(`${stack.url}/hub/login`);
  await page.getByRole('link', { name: /sign in with github/i }).click();
  await page.waitForURL(/\/hub\/(home|oauth_callback)/);
}
