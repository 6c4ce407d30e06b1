import type { Page } from 'playwright-core';

/** Opens a fresh notebook from the launcher; resolves when its kernel is there. */
export async function newNotebook(page: Page): Promise<void> {
  const card = page.locator('.jp-LauncherCard[data-category="Notebook"]').first();
  if (!(await card.isVisible().catch(() => false))) {
    await card.or(page.locator('.jp-NotebookPanel')).first().waitFor({ state: 'visible', timeout: 90_000 });
  }
  if (!(await card.isVisible())) await page.keyboard.press('Control+Shift+L');
  await card.click();
  await page
    .locator('.jp-NotebookPanel:not(.lm-mod-hidden) .jp-Notebook-ExecutionIndicator[data-status="idle"]')
    .waitFor({ timeout: 90_000 });
}

/** Runs code in a new last cell of the open notebook. Does not wait for it to end. */
export async function startCell(page: Page, code: string): Promise<void> {
  const cells = page.locator('.jp-NotebookPanel:not(.lm-mod-hidden) .jp-Notebook .jp-CodeCell');
  await cells.last().locator('.cm-content').click();
  await page.keyboard.insertText(code);
  await page.keyboard.press('Shift+Enter');
}

/** Runs code and gives its printed or returned text. */
export async function runCell(page: Page, code: string): Promise<string> {
  const outputs = page.locator('.jp-NotebookPanel:not(.lm-mod-hidden) .jp-OutputArea-output');
  const before = await outputs.count();
  await startCell(page, code);
  await outputs.nth(before).waitFor({ timeout: 60_000 });
  return ((await outputs.nth(before).textContent()) ?? '').trim();
}
