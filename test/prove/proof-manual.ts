import { PAGES, RUN_HERE } from '../manual/pages.ts';
import type { Line } from './lines.ts';
import { suite } from './suite.ts';

/** What the issue "Proof" asks of the manual. Sets up a hub as the first tutorial does; takes half an hour. */
export const manualLines: readonly Line[] = [
  {
    number: 'M1',
    what: 'every block of every page has somebody who tries it; settings are read by the hub’s own reader; links, map and pictures hold together; references are current',
    show: async () =>
      `${await suite('unit', ['test/manual', 'hub/test/reference', 'hub/test/doctor-doc'])}; ${PAGES.length} pages`,
  },
  {
    number: 'M2',
    what: 'the manual is followed command by command from a fresh clone, with a browser beside the shell',
    show: async () => `${await suite('manual', [])}; ${RUN_HERE.length} pages with commands`,
  },
  {
    number: 'M3',
    what: 'the guide to images of one’s own is followed command by command',
    show: async () =>
      `${await suite('images', ['test/integration/images/guide'])}; all images by a first \`make build\``,
  },
];
