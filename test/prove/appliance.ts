import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Browser } from 'playwright-core';
import { applianceStack } from '../e2e/appliance-stack.ts';
import { openBrowser } from '../e2e/browser.ts';
import { culling } from '../e2e/flows/culling.ts';
import { firstCell } from '../e2e/flows/first-cell.ts';
import { hubRestart } from '../e2e/flows/hub-restart.ts';
import { killHub, tokenOf } from '../e2e/flows/kill-hub.ts';
import { userlist } from '../e2e/flows/userlist.ts';
import { proveFreshMachine } from '../machine/fresh-up.ts';
import { showLines } from './lines.ts';
import { suite } from './suite.ts';

// Issue "The appliance stands", line by line. Sets up what it needs; `make test` runs lines 2 to 8 as tests.
const run = promisify(execFile);
const ROOT = join(import.meta.dirname, '../..');

await run('bash', ['compose/setup/test-tools.sh'], { cwd: ROOT, timeout: 600_000 });
await run('bash', ['compose/setup/build.sh'], { cwd: ROOT, timeout: 1_800_000, maxBuffer: 64 * 2 ** 20 });
const { github, stack, link } = await applianceStack();
const browser: Browser = await openBrowser();

await showLines('The appliance stands', [
  {
    number: '1',
    what: 'make up on a fresh machine; the second run under 20 s',
    show: async () => {
      const { firstSeconds, secondSeconds } = await proveFreshMachine((line) => console.log(`      ${line}`));
      return `first ${firstSeconds.toFixed(0)} s, second ${secondSeconds.toFixed(1)} s`;
    },
  },
  {
    number: '2',
    what: 'one-time link, Start, JupyterLab, 42, a file that stays, and a closed door after signing out',
    show: async () => {
      const { startSeconds, restartSeconds } = await firstCell(stack, browser, link);
      return `start to JupyterLab ${startSeconds.toFixed(1)} s, again ${restartSeconds.toFixed(1)} s`;
    },
  },
  {
    number: '3',
    what: 'the hub restarts while a kernel counts over an open WebSocket',
    show: async () => {
      const { sockets, awaySeconds } = await hubRestart(stack, browser);
      return `${sockets} WebSocket stayed open, every number came; the hub was away for ${awaySeconds.toFixed(1)} s`;
    },
  },
  {
    number: '4',
    what: 'an idle server stops, one that runs a long silent cell does not',
    show: async () => {
      const { idleStoppedAfter, busyLivedFor } = await culling(stack, browser);
      return `idle for 15 s: stopped after ${idleStoppedAfter.toFixed(1)} s; computing: alive after ${busyLivedFor.toFixed(1)} s`;
    },
  },
  {
    number: '5',
    what: 'the userlist is edited: in through GitHub, out within 2 s',
    show: async () => {
      const { inSeconds, outSeconds } = await userlist(stack, browser, github);
      return `in after ${inSeconds.toFixed(2)} s, out after ${outSeconds.toFixed(2)} s`;
    },
  },
  {
    number: '6',
    what: 'kill -9 of the hub under a stream of 1,000 writes',
    show: async () => {
      const { acknowledged, lost } = await killHub(stack, await tokenOf(stack, 'ana'));
      return `${acknowledged} acknowledged before the kill, ${lost} lost`;
    },
  },
  {
    number: '7',
    what: 'bad circumstances: one clear sentence, a next step, nothing half-made',
    show: () => suite('integration', ['test/integration/setup']),
  },
  {
    number: '8',
    what: 'structure as in the design, import law, README, picture, architecture',
    show: async () => {
      await run('npm', ['run', '--silent', 'law'], { cwd: ROOT, timeout: 120_000 });
      for (const path of [
        'README.md',
        'docs/explanation/architecture.md',
        'docs/pictures/tutorial/lab.png',
      ]) {
        if (!existsSync(join(ROOT, path))) throw new Error(`${path} is missing`);
      }
      return 'the law holds; README.md, docs/explanation/architecture.md and docs/pictures/ are there';
    },
  },
]);

await browser.close();
await stack.remove();
await github.close();
