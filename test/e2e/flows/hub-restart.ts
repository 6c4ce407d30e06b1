import assert from 'node:assert/strict';
import type { Browser, WebSocket } from 'playwright-core';
import { newPerson } from '../browser.ts';
import { newNotebook, startCell } from '../jupyter-lab.ts';
import { openFromHome, signIn } from '../people.ts';
import type { Stack } from '../stack.ts';

const SECONDS = 30;

/**
 * Restarts the hub's container while a kernel counts over an open WebSocket. The socket must be the same one
 * afterwards, every number must have come, and the server must be shown as running.
 */
export async function hubRestart(
  stack: Stack,
  browser: Browser,
): Promise<{ sockets: number; awaySeconds: number }> {
  const { context, page } = await newPerson(browser);
  const open = new Set<WebSocket>();
  page.on('websocket', (socket) => {
    if (!/\/api\/kernels\/[^/]+\/channels/.test(socket.url())) return;
    open.add(socket);
    socket.on('close', () => open.delete(socket));
  });
  await signIn(page, stack, 'ana');
  await openFromHome(page, stack);
  await newNotebook(page);
  await startCell(
    page,
    `import time\nfor i in range(${SECONDS}):\n    print(i, flush=True)\n    time.sleep(1)\nprint('done')`,
  );
  const output = page.locator('.jp-NotebookPanel:not(.lm-mod-hidden) .jp-OutputArea-output').last();
  await output.getByText(/^0$/m).first().waitFor();

  const sockets = [...open];
  assert.ok(sockets.length >= 1, 'the kernel has a WebSocket');
  const before = await stack.container('hub');
  const begun = performance.now();
  await stack.compose('restart', 'hub');
  await stack.healthy();
  const awaySeconds = (performance.now() - begun) / 1000;
  assert.equal(await stack.container('hub'), before);

  await output.getByText('done').waitFor({ timeout: (SECONDS + 30) * 1000 });
  const numbers = ((await output.textContent()) ?? '').match(/\d+/g)?.map(Number) ?? [];
  assert.deepEqual(
    numbers,
    Array.from({ length: SECONDS }, (_, i) => i),
  );
  const closed = sockets.filter((socket) => !open.has(socket)).length;
  assert.equal(closed, 0, 'no WebSocket was closed');

  await page.goto(`${stack.url}/hub/home`);
  await page.getByRole('link', { name: /^open/i }).first().waitFor();
  await context.close();
  return { sockets: sockets.length, awaySeconds };
}
