import type { Page } from 'playwright-core';

/**
 * Opens a fresh notebook from the launcher; resolves when its kernel is there. JupyterLab brings back what
 * was open the last time, without launcher: then another workspace of the same server is taken.
 *
 * @param kernel what stands on the launcher's card; the first one unless told.
 */
export async function newNotebook(page: Page, kernel?: string): Promise<void> {
  const named = kernel === undefined ? '' : `[title="${kernel}"]`;
  const card = page.locator(`.jp-LauncherCard[data-category="Notebook"]${named}`).first();
  const restored = page.locator('.jp-NotebookPanel').first();
  await card.or(restored).first().waitFor({ state: 'attached', timeout: 90_000 });
  if (!(await card.isVisible())) {
    const { origin, pathname } = new URL(page.url());
    await page.goto(`${origin}${pathname.replace(/\/lab.*/, '')}/lab/workspaces/w${Date.now()}`);
  }
  await card.click();
  const indicator =
    '.jp-NotebookPanel:not(.lm-mod-hidden) .jp-Notebook-ExecutionIndicator[data-status="idle"]';
  await page.locator(indicator).waitFor({ timeout: 90_000 });
}

/**
 * Runs code in the last cell of the open notebook; does not wait for it to end. JupyterLab drops a run that
 * comes before its session is ready, so the cell's prompt must show that it was taken.
 */
export async function startCell(page: Page, code: string): Promise<void> {
  const cells = page.locator('.jp-NotebookPanel:not(.lm-mod-hidden) .jp-Notebook .jp-CodeCell');
  const cell = cells.nth((await cells.count()) - 1);
  await cell.locator('.cm-content').click();
  await page.keyboard.insertText(code);
  const taken = cell.locator('.jp-InputPrompt', { hasText: /\[(\*|\d+)\]/ });
  for (let tries = 0; tries < 10; tries++) {
    await cell.locator('.cm-content').click();
    await page.keyboard.press('Shift+Enter');
    const begun = await taken.waitFor({ timeout: 3000 }).then(
      () => true,
      () => false,
    );
    if (begun) return;
  }
  throw new Error('the kernel did not take the cell');
}

/** Runs code and gives its printed or returned text. */
export async function runCell(page: Page, code: string): Promise<string> {
  const outputs = page.locator('.jp-NotebookPanel:not(.lm-mod-hidden) .jp-OutputArea-output');
  const before = await outputs.count();
  await startCell(page, code);
  await outputs.nth(before).waitFor({ timeout: 60_000 });
  return ((await outputs.nth(before).textContent()) ?? '').trim();
}
