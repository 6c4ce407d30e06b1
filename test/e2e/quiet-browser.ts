import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type Browser, chromium } from 'playwright-core';
import { removeNetwork } from '../support/remove-network.ts';
import { CHROMIUM, CHROMIUM_WORDS } from './browser.ts';

const run = promisify(execFile);
const IMAGE = 'debian:trixie-slim';

/**
 * A browser with a network of its own, as on another machine. On the machine of the engine each container that comes or
 * goes changes the addresses of the machine, and Chromium then drops every HTTP/2 connection with all that is under way
 * on it (ERR_NETWORK_CHANGED), and every connection that it is just opening.
 */
export interface QuietBrowser {
  readonly browser: Browser;
  /** Address of this machine as the browser reaches it. */
  readonly host: string;
  close(): Promise<void>;
}

/** Needs root, as `nsenter` does. `name`: of the container whose network it is. */
export async function openQuietBrowser(name: string): Promise<QuietBrowser> {
  await run('docker', ['network', 'create', name]);
  await run('docker', [
    'run',
    '-d',
    '--rm',
    '--init',
    '--name',
    name,
    '--network',
    name,
    IMAGE,
    'sleep',
    '7200',
  ]);
  const directory = await mkdtemp(join(tmpdir(), 'berth-browser-'));
  try {
    const format = '{{.State.Pid}} {{range .NetworkSettings.Networks}}{{.Gateway}}{{end}}';
    const { stdout } = await run('docker', ['inspect', '-f', format, name]);
    const [pid = '', host = ''] = stdout.trim().split(' ');
    const program = join(directory, 'chromium');
    await writeFile(program, `#!/bin/sh\nexec nsenter -t ${pid} -n -- ${CHROMIUM} "$@"\n`, { mode: 0o755 });
    const browser = await chromium.launch({ executablePath: program, args: [...CHROMIUM_WORDS] });
    return {
      browser,
      host,
      close: async () => {
        await browser.close();
        await remove();
      },
    };
  } catch (error) {
    await remove();
    throw error;
  }

  async function remove(): Promise<void> {
    await run('docker', ['rm', '-f', name]);
    await removeNetwork(name);
    await rm(directory, { recursive: true, force: true });
  }
}
