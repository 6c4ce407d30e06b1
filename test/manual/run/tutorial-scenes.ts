import assert from 'node:assert/strict';
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { newNotebook, runCell } from '../../e2e/jupyter-lab.ts';
import { throughLink } from '../../e2e/people.ts';
import type { TUTORIAL_PICTURES } from '../../look/picture-list.ts';
import { ROOT } from '../pages.ts';
import type { ManualHouse } from './manual-house.ts';
import type { Scene } from './scene.ts';
import { openLab, stopServer, until } from './server-life.ts';

/** `MANUAL_PICTURES=docs` writes the manual's own; else they are only looked at. */
const PICTURES = join(
  ROOT,
  process.env.MANUAL_PICTURES === 'docs' ? 'docs/pictures/tutorial' : 'test/output/manual',
);

async function photograph(page: Page, name: (typeof TUTORIAL_PICTURES)[number]): Promise<void> {
  await mkdir(PICTURES, { recursive: true });
  await page.screenshot({ path: join(PICTURES, `${name}.png`) });
}

function linkIn(house: ManualHouse, said: string): string {
  const path = /https?:\/\/[^\s/]+(\/\S*hub\/setup\?token=\S+)/.exec(said)?.[1];
  assert(path !== undefined, `no link in: ${said}`);
  return `${house.url}${path}`;
}

async function myPage(house: ManualHouse): Promise<Page> {
  assert(house.page !== null, 'the first page of the manual has not been followed');
  return house.page;
}

/** What the pages say between `make up` and the next command. */
async function firstStart(house: ManualHouse, said: string): Promise<void> {
  const page = await house.newPage();
  house.page = page;
  // Else the picture of a start has a bar that is still on its way.
  await page.emulateMedia({ reducedMotion: 'reduce' });
  const link = linkIn(house, said);
  await page.goto(link);
  await photograph(page, 'setup');
  await throughLink(page, link, house.person('ana'));
  await photograph(page, 'home');
  await page
    .getByRole('button', { name: /^start/i })
    .first()
    .click();
  await page.waitForURL('**/hub/spawn-pending/**');
  await photograph(page, 'starting');
  await page.waitForURL(/\/user\/[^/]+\/lab/, { timeout: 120_000 });
  await newNotebook(page);
  assert.equal(await runCell(page, '6*7'), '42');
  await photograph(page, 'lab');
  await page.keyboard.press('Control+s');
  await page.getByRole('button', { name: 'Rename' }).click();
  assert.equal(await runCell(page, "open('kept.txt', 'w').write('kept')"), '4');
  await stopServer(page, house);
  await openLab(page, house);
  await newNotebook(page);
  assert.equal(await runCell(page, "print(open('kept.txt').read())"), 'kept');
  house.token = (await house.shell(`./berth token ${house.person('ana')}`)).trim();
}

async function benComes(house: ManualHouse, said: string): Promise<void> {
  const page = await house.newPage();
  await throughLink(page, linkIn(house, said), house.person('ben'));
  await page
    .getByRole('button', { name: /^start/i })
    .first()
    .waitFor();
  await page.context().close();
}

/** Step 2 of the class: accounts and groups, by mouse. */
async function addTheClass(house: ManualHouse): Promise<void> {
  const page = await myPage(house);
  const names = await readFile(join(house.clone, 'students.txt'), 'utf8');
  await page.goto(`${house.url}/hub/admin`);
  await page.locator('summary', { hasText: 'Add people' }).click();
  await page.locator('textarea[name="names"]').fill(names);
  await page.getByRole('button', { name: 'Add', exact: true }).click();
  await page.getByText(/^Added: /).waitFor();
  await photograph(page, 'people');
  await makeGroup(page, house, 'statistics', names);
  await makeGroup(page, house, 'teachers', house.person('ana'));
}

async function makeGroup(page: Page, house: ManualHouse, group: string, names: string): Promise<void> {
  await page.goto(`${house.url}/hub/admin/groups`);
  await page.locator('input[name="name"]').fill(group);
  await page.getByRole('button', { name: 'Make the group' }).click();
  await page.locator('textarea[name="names"]').fill(names);
  await page.getByRole('button', { name: 'Add', exact: true }).click();
  await page.getByText('What came of it').waitFor();
  assert.equal(await page.getByText(/unknown|has no account|cannot be/).count(), 0);
}

/** A name that cannot be one keeps nobody's link back, and the links can be opened as they are printed. */
async function inviteWithAMistake(house: ManualHouse): Promise<void> {
  const invite = `./berth invite late01 'not a name' late02`;
  const said = await house.shell(
    `${invite} > late.tsv 2> refused.txt || echo "code $?"; cat late.tsv refused.txt`,
  );
  assert.match(said, /^code 1\nlate01\thttps?:\S+\nlate02\thttps?:\S+\nnot a name: .*user name/);
  const { path } = JSON.parse(await house.shell('./berth invite late01 --json'));
  assert.match(path, /^https?:\/\/\S+\/hub\/setup\?token=/);
}

/** Steps 4 and 5: material by the teacher, a look by a student. */
async function courseFolder(house: ManualHouse): Promise<void> {
  const page = await myPage(house);
  await stopServer(page, house);
  await openLab(page, house, 'statistics');
  await newNotebook(page);
  const write = "open('/home/jovyan/shared/course/first.txt', 'w').write('welcome')";
  assert.equal(await runCell(page, write), '7');

  const [, link = ''] =
    (await readFile(join(house.clone, 'links.tsv'), 'utf8')).split('\n')[0]?.split('\t') ?? [];
  const student = await house.newPage();
  await throughLink(student, linkIn(house, link), house.person('student01'));
  await openLab(student, house, 'statistics');
  await newNotebook(student);
  assert.equal(
    await runCell(student, "print(open('/home/jovyan/shared/course/first.txt').read())"),
    'welcome',
  );
  const spoil = "import os; print(os.access('/home/jovyan/shared/course/first.txt', os.W_OK))";
  assert.equal(await runCell(student, spoil), 'False');
  await student.context().close();
}

async function lookAtServers(house: ManualHouse): Promise<void> {
  const page = await myPage(house);
  for (const number of [2, 3, 4, 5, 6]) await until(house, house.person(`student0${number}`), 'ready');
  // The first figures come with the second look at each server.
  await page.goto(`${house.url}/hub/admin/servers`);
  await page
    .getByText(/\d M(i)?B/)
    .first()
    .waitFor({ timeout: 120_000 });
}

async function stopTheClass(house: ManualHouse): Promise<void> {
  for (const { name } of await house.api('GET', '/users?state=active'))
    await house.api('DELETE', `/users/${name}/server`, undefined, [400, 404]);
}

async function chooseBotany(house: ManualHouse): Promise<void> {
  const page = await myPage(house);
  await stopServer(page, house);
  await page.goto(`${house.url}/hub/spawn`);
  await photograph(page, 'choice');
  await openLab(page, house, 'botany');
  await newNotebook(page);
  assert.equal(await runCell(page, 'import uncertainties; print(uncertainties.ufloat(1, 0.1).n)'), '1.0');
}

export const TUTORIAL_SCENES: Readonly<Record<string, Scene>> = {
  'docs/tutorial/first-hub-in-ten-minutes.md': {
    afterwards: { 'make up': firstStart, 'berth invite': benComes },
  },
  'docs/tutorial/a-class-of-thirty.md': {
    afterwards: {
      'seq 1 30': addTheClass,
      'berth invite': inviteWithAMistake,
      'make up': courseFolder,
      'sed -n 2,6p': lookAtServers,
    },
    after: stopTheClass,
  },
  'docs/tutorial/your-own-image.md': {
    afterwards: { 'make up': chooseBotany },
    async after(house) {
      await stopServer(await myPage(house), house);
      await house.shell('rm config.yaml && make up && docker image rm -f berth-notebook-botany');
    },
  },
};
