import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { besideJupyterHub } from './beside-jupyterhub.ts';
import { showLines } from './lines.ts';
import { suite } from './suite.ts';

// Issue "The pages", line by line. Line 3 takes ten minutes; PROVE_PAGES_MINUTES shortens it.
const run = promisify(execFile);
const ROOT = join(import.meta.dirname, '../..');
const MINUTES = process.env.PROVE_PAGES_MINUTES ?? '10';
const LOOK_MS = 30 * 60_000;

await showLines('The pages', [
  {
    number: '1a',
    what: 'every page that the router knows, as nobody, as user and as administrator: light, dark, 375 and 1280 px, three languages; axe finds nothing serious',
    show: () =>
      suite('integration', ['test/integration/pages-walk'], { environment: { PAGES_WALK: 'whole' } }),
  },
  {
    number: '1b',
    what: 'every view in every state it has, with names that try to break out',
    async show() {
      const { stdout } = await run(process.execPath, ['test/look/pages.ts'], { cwd: ROOT, timeout: LOOK_MS });
      return stdout.trim().split('\n').at(-1) ?? '';
    },
  },
  {
    number: '1c',
    what: 'with scripts and without: start, progress, failure, stop, list and bulk stop; the main way by keyboard alone',
    show: () => suite('integration', ['test/integration/pages-live', 'test/integration/pages-keyboard']),
  },
  { number: '2', what: 'beside a real JupyterHub 5.2.1', show: besideJupyterHub },
  {
    number: '3',
    what: `300 running servers among 5,000 people, live for ${MINUTES} min, without growth of page or hub`,
    show: () =>
      suite('integration', ['test/integration/pages-steady'], {
        environment: { PROVE_PAGES_MINUTES: MINUTES },
        figure: /^(\d+ looks in .*)$/m,
      }),
  },
  {
    number: '4',
    what: 'weights: scripts, styles, requests, no font, no inline script; 5,000 people in under 100 ms',
    show: () =>
      suite('unit', [
        'hub/src/http/pages/weights',
        'hub/src/http/views/views',
        'hub/src/http/pages/admin.test',
      ]),
  },
  {
    number: '5',
    what: 'three languages with nothing left in English, by browser and by choice; every form of every page sent without scripts; each problem’s page with reason, number and what to do now',
    show: () =>
      suite('unit', [
        'hub/src/http/language.test',
        'hub/src/http/views/say.test',
        'hub/src/http/views/messages/catalogues',
        'hub/src/http/pages/appearance',
        'hub/src/http/pages/forms',
        'hub/src/http/pages/problem-pages',
      ]),
  },
  {
    number: '6',
    what: 'tokens by what they may, announcements, groups with a result per name, open invitations: made, refused to everybody else, taken back',
    show: () =>
      suite('unit', [
        'hub/src/domain/announcement',
        'hub/src/http/pages/token',
        'hub/src/http/pages/announcements',
        'hub/src/http/pages/groups',
      ]),
  },
]);
