import { globSync } from 'node:fs';
import { join } from 'node:path';

export const ROOT = join(import.meta.dirname, '../..');

/** The manual: README and every page below docs/, as paths of the project. */
export const PAGES: readonly string[] = ['README.md', ...globSync('docs/**/*.md', { cwd: ROOT }).sort()];

/**
 * Pages whose shell blocks `npm run manual` runs, in this order, in one installation that the first of them sets up. A
 * page that stops hub or notebooks, or builds for long, stands near the end.
 */
export const RUN_HERE: readonly string[] = [
  'docs/tutorial/first-hub-in-ten-minutes.md',
  'docs/tutorial/a-class-of-thirty.md',
  'docs/tutorial/your-own-image.md',
  'docs/how-to/doctor.md',
  'docs/how-to/idle-servers.md',
  'docs/how-to/see-what-is-used.md',
  'docs/how-to/profiles-and-room.md',
  'docs/how-to/share-a-server.md',
  'docs/how-to/use-the-api.md',
  'docs/how-to/storage.md',
  'docs/how-to/open-a-port.md',
  'docs/how-to/come-from-jupyterhub.md',
  'docs/how-to/sign-in-with-pam.md',
  'docs/how-to/upgrade.md',
  'docs/how-to/back-up-and-restore.md',
  'README.md',
];

/** Pages whose shell blocks a test of their own runs: that test reads the page and runs what stands there. */
export const RUN_BY: Readonly<Record<string, string>> = {
  'docs/how-to/bring-your-own-image.md': 'test/integration/images/guide.test.ts',
  'docs/how-to/many-machines.md': 'test/integration/swarm/stack.test.ts',
};

/** Languages whose blocks are run. */
export const RUN_LANGUAGES: readonly string[] = ['sh', 'console', 'crontab'];
