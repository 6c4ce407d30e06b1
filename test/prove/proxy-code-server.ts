import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import type { Browser, Page } from 'playwright-core';
import { newPerson, openBrowser } from '../e2e/browser.ts';
import { container, hasAnswered } from './proxy-container.ts';
import { startApache, startNginx } from './proxy-front.ts';

const run = promisify(execFile);
const ROOT = join(import.meta.dirname, '../..');
const IMAGE = 'berth-prove-code-server';
const TOKEN = 'prove-proxy-token';
/** Where a person finds the editor; code-server knows nothing of it, so the proxy takes it off (--no-include-prefix). */
const PATH = '/user/ana/code';

interface CodeServer {
  readonly url: string;
  readonly id: string;
  close(): Promise<void>;
}

/** The editor straight behind the proxy, and with nginx and Apache in front. */
export async function showCodeServer(): Promise<string> {
  const editor = await startCodeServer();
  const browser = await openBrowser();
  try {
    const figures = [`straight: ${await useCodeServer(browser, editor.url, editor)}`];
    for (const [name, start] of [
      ['nginx', startNginx],
      ['Apache', startApache],
    ] as const) {
      const front = await start(editor.url);
      try {
        figures.push(`${name}: ${await useCodeServer(browser, front.url, editor)}`);
      } finally {
        await front.close();
      }
    }
    return figures.join('\n');
  } finally {
    await browser.close();
    await editor.close();
  }
}

/** code-server in a container with our proxy before it, in the same container, so that only the proxy is in reach. */
async function startCodeServer(): Promise<CodeServer> {
  await run('bash', [join(ROOT, 'compose/setup/extra-ca.sh')], { cwd: ROOT, timeout: 60_000 });
  const dockerfile = join(ROOT, 'test/prove/code-server/Dockerfile');
  await run('docker', ['build', '-q', '-t', IMAGE, '-f', dockerfile, join(ROOT, 'compose/build/context')], {
    timeout: 1_200_000,
  });
  const editor =
    'code-server --auth=none --disable-telemetry --disable-update-check --disable-workspace-trust --bind-addr=127.0.0.1:8080 /home/coder/project';
  const proxy =
    '/berth/node_modules/node/bin/node /berth/proxy/src/main.ts --no-include-prefix --api-ip=0.0.0.0 --log-level=warn';
  const { id, address, close } = await container(
    ...['--volume', `${ROOT}:/berth:ro`, '--env', `CONFIGPROXY_AUTH_TOKEN=${TOKEN}`],
    ...[IMAGE, 'sh', '-c', `${editor} & exec ${proxy}`],
  );
  const url = `http://${address}:8000`;
  try {
    await hasAnswered(`${url}/_chp_healthz`, 30_000);
    const added = await fetch(`http://${address}:8001/api/routes${PATH}`, {
      method: 'POST',
      headers: { authorization: `token ${TOKEN}` },
      body: JSON.stringify({ target: 'http://127.0.0.1:8080', user: 'ana' }),
    });
    if (added.status !== 201) throw new Error(`the route: ${added.status} ${await added.text()}`);
    await hasAnswered(`${url}${PATH}/healthz`, 60_000);
  } catch (error) {
    await close();
    throw error;
  }
  return { url, id, close };
}

/**
 * A person opens the folder, reads a file, and works in a terminal, all through `url`. What the terminal does is seen
 * in the container; that the editor shows it, in the list of files.
 */
async function useCodeServer(browser: Browser, url: string, { id }: CodeServer): Promise<string> {
  const { context, page } = await newPerson(browser);
  const sockets: string[] = [];
  let frames = 0;
  page.on('websocket', (socket) => {
    sockets.push(socket.url());
    socket.on('framereceived', () => {
      frames += 1;
    });
  });
  try {
    await page.goto(`${url}${PATH}/?folder=/home/coder/project`);
    await page.getByRole('treeitem', { name: 'hello.txt' }).first().dblclick();
    await page.locator('.view-lines', { hasText: 'Hello from a file' }).waitFor();
    const name = `answer-${Date.now()}.txt`;
    await typeInTerminal(page, `echo terminal-$((6*7)) > ${name}`);
    await page.getByRole('treeitem', { name }).first().waitFor();
    const { stdout } = await run('docker', ['exec', id, 'cat', `/home/coder/project/${name}`]);
    if (stdout.trim() !== 'terminal-42') throw new Error(`the terminal wrote ${JSON.stringify(stdout)}`);
  } catch (error) {
    await page.screenshot({ path: join(ROOT, 'test/output/code-server.png') }).catch(() => undefined);
    throw error;
  } finally {
    await context.close();
  }
  if (sockets.length === 0 || frames === 0) throw new Error('no WebSocket carried anything');
  return `folder, file, terminal: 6*7 is 42; ${sockets.length} WebSockets with ${frames} frames received`;
}

/** Opens a terminal and types one line; tries again while the shell behind it is not up. */
async function typeInTerminal(page: Page, line: string): Promise<void> {
  await page.keyboard.press('Control+Shift+Backquote');
  const terminal = page.locator('.terminal.xterm').first();
  await terminal.waitFor();
  await page.locator('.terminal-wrapper.active, .terminal.xterm.focus').first().waitFor();
  await sleep(2_500);
  await terminal.click();
  await page.keyboard.type(line);
  await page.keyboard.press('Enter');
}
