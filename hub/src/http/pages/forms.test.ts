import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { samples } from '../../../../test/look/samples.ts';
import { openPagesHouse, type PagesHouse } from '../../../../test/support/pages-house.ts';
import { formsOf, type PlainForm, sendForm } from '../../../../test/support/plain-browser.ts';
import { newServer } from '../../domain/server.ts';
import { authorizeRouter } from '../api/authorize-router.ts';
import { assetUrls } from './asset-files.ts';
import { doctorRouter } from './doctor.ts';
import { openRouters, pageRouters } from './page-routers.ts';
import { ASSETS } from './shell.ts';

let house: PagesHouse;

beforeAll(async () => {
  house = await openPagesHouse({ spawn: 'slow', namedServers: 0 });
  await house.addUser('mary', { admin: true });
});

afterAll(() => house.close());

/** What the pages have forms for; put back before each, since the form before may have removed it. */
async function seed(): Promise<void> {
  const now = house.hub.clock.now();
  await house.addUser('alice', { groups: ['biology'] });
  await house.addUser('bob');
  await house.token('alice');
  await house.token('alice', ['read:servers!user']);
  await house.store.change((drafts) => {
    for (const user of ['alice', 'bob', 'mary']) drafts.servers.put(newServer(user));
    drafts.servers.put({ ...newServer('alice', 'gpu'), state: 'ready', started: now, lastActivity: now });
    drafts.groups.put({ name: 'biology', properties: {}, created: now });
    drafts.invitations.put({ hash: 'h', user: 'bob', admin: false, created: now, expires: now + 1e9 });
    drafts.announcements.put({
      id: 'n1',
      text: 'Maintenance on Friday.',
      level: 'info',
      place: null,
      created: now,
      by: 'mary',
      ends: null,
    });
  });
}

/** Ids come and go; what a form does stays. */
function shapeOf({ method, action }: PlainForm): string {
  return `${method} ${action.replace(/[0-9a-f]{12,}/g, ':id')}`;
}

/** Every page that has a way of its own, as one and as the other sees it. */
const PAGES: readonly (readonly [who: string, path: string])[] = [
  ['alice', '/hub/home'],
  ['alice', '/hub/token'],
  ['alice', '/hub/sessions'],
  ['alice', '/hub/spawn'],
  ['mary', '/hub/admin'],
  ['mary', '/hub/admin/servers'],
  ['mary', '/hub/admin/groups'],
  ['mary', '/hub/admin/groups/biology'],
  ['mary', '/hub/admin/invitations'],
  ['mary', '/hub/admin/services'],
  ['mary', '/hub/admin/announcements'],
  ['mary', '/hub/admin/audit'],
  ['mary', '/hub/admin/departed'],
  ['mary', '/hub/admin/remove/bob'],
  ['mary', '/hub/admin/sessions/alice'],
];

/** What somebody writes into a field that must not be empty. */
const TYPED: Readonly<Record<string, string>> = {
  note: 'for the grades',
  name: 'chemistry',
  names: 'bob',
  text: 'Maintenance on Friday.',
  port: '5000',
};

describe.each(PAGES)('without scripts, %s at %s', (who, path) => {
  it('can send every form that stands there, and each does something or says why not', async () => {
    await seed();
    const shown = formsOf((await house.get(path, who)).text);
    expect(shown.length).toBeGreaterThan(0);
    for (const wanted of new Set(shown.map(shapeOf))) {
      await seed();
      const { cookie } = await house.signIn(who);
      const { text } = await house.get(path, null, { cookie });
      const form = formsOf(text).find((one) => shapeOf(one) === wanted);
      if (form === undefined) throw new Error(`the form ${wanted} is gone`);
      const what = `${form.method} ${form.action}`;
      for (const name of form.empty) expect(TYPED, what).toHaveProperty(name);
      // A field that may stay empty stays as it is; one that must not is written into.
      const typed = Object.fromEntries(form.empty.map((name) => [name, TYPED[name] ?? '']));
      const answer = await sendForm(house.origin, form, cookie, typed);
      // Told on the page itself, in an alert, is an answer as well: an empty selection, for one.
      const refused = answer.status === 400 && answer.text.includes('role="alert"');
      expect(
        [200, 202, 302, 303].includes(answer.status) || refused,
        `${what} answered ${answer.status}`,
      ).toBe(true);
      if (answer.status >= 300 && answer.status < 400) {
        expect(answer.location, what).toMatch(/^\/(?:hub|user)\//);
      }
    }
  }, 120_000);
});

it('each form of every page there is leads to a door that takes it', () => {
  const { hub } = house;
  // With every way in open, so that every form has its door.
  const open = { ...hub, settings: { ...hub.settings, askForAccount: 'open' as const } };
  const doctor = doctorRouter(open, () => Promise.reject(new Error('nobody asks the doctor here')));
  const routers = [...openRouters(open), ...pageRouters(open), authorizeRouter(open), doctor];
  const leads = ({ method, action }: PlainForm): boolean => {
    const path = new URL(action, 'http://hub').pathname;
    return routers.some((router) => router.match(path, method).route);
  };
  const pages = Object.entries(samples({ assets: assetUrls(ASSETS, '/') }));
  const astray = pages.flatMap(([name, html]) =>
    formsOf(html)
      .filter((form) => !form.action.startsWith('#') && !leads(form))
      .map(({ method, action }) => `${name}: ${method} ${action}`),
  );
  expect(astray).toEqual([]);
});
