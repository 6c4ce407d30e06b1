import { setTimeout as sleep } from 'node:timers/promises';
import type { Page } from 'playwright-core';

const TRIES = 5;

/** Waits until the editor shows the folder that it was opened with. */
export async function folderIsOpen(page: Page): Promise<void> {
  await page.locator('.monaco-workbench .explorer-folders-view, .explorer-viewlet').first().waitFor();
}

/** Puts text at the beginning of a file of the folder, and saves it. */
export async function editFile(page: Page, name: string, text: string): Promise<void> {
  await page.getByRole('treeitem', { name }).first().dblclick();
  const editor = page.locator('.editor-instance .view-lines').first();
  await editor.waitFor();
  await editor.click();
  await page.keyboard.press('Control+Home');
  await page.keyboard.type(text);
  await page.locator('.editor-instance .view-lines', { hasText: text }).waitFor();
  await page.keyboard.press('Control+s');
}

/** Opens a terminal. */
export async function openTerminal(page: Page): Promise<void> {
  await page.keyboard.press('Control+Shift+Backquote');
  await page.locator('.terminal.xterm').first().waitFor();
}

/**
 * Types a line into the terminal until `done` says that it was done: a shell that is not up yet takes no keys, and
 * nothing on the page tells when it is.
 */
export async function typeLine(page: Page, line: string, done: () => Promise<boolean>): Promise<void> {
  for (let attempt = 0; attempt < TRIES; attempt += 1) {
    await page.locator('.terminal.xterm').first().click();
    await page.keyboard.type(`${line}\n`);
    for (let look = 0; look < 20; look += 1) {
      if (await done()) return;
      await sleep(500);
    }
  }
  throw new Error(`the terminal did not do: ${line}`);
}
