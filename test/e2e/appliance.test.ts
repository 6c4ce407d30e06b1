import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { StandInGitHub } from '../stand-ins/github.ts';
import { applianceStack } from './appliance-stack.ts';
import { openBrowser } from './browser.ts';
import { culling } from './flows/culling.ts';
import { firstCell } from './flows/first-cell.ts';
import { hubRestart } from './flows/hub-restart.ts';
import { killHub, tokenOf } from './flows/kill-hub.ts';
import { userlist } from './flows/userlist.ts';
import type { Stack } from './stack.ts';

// One stack, from `make up` on; the tests use it one after the other, as people would.
let github: StandInGitHub;
let stack: Stack;
let browser: Browser;
let link = '';

beforeAll(async () => {
  ({ github, stack, link } = await applianceStack());
  browser = await openBrowser();
});

afterAll(async () => {
  await browser?.close();
  await stack?.remove();
  await github?.close();
});

test('a newcomer goes from the one-time link to a cell that prints 42, and their files stay', async () => {
  await firstCell(stack, browser, link);
});

test('a restart of the hub cuts no WebSocket and forgets no server', async () => {
  await hubRestart(stack, browser);
});

test('an idle server is stopped, one that computes is not', async () => {
  await culling(stack, browser);
});

test('an edit of the userlist is in force within two seconds', async () => {
  const { outSeconds } = await userlist(stack, browser, github);
  expect(outSeconds).toBeLessThanOrEqual(2);
});

test('kill -9 of the hub in a stream of writes loses nothing acknowledged', async () => {
  const { lost } = await killHub(stack, await tokenOf(stack, 'ana'));
  expect(lost).toBe(0);
});
