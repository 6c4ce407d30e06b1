import { afterEach, expect, test } from 'vitest';
import { openPagesHouse, type PagesHouse } from '../../../../test/support/pages-house.ts';
import { readProfileList } from '../../config/profiles/profile-list.ts';
import { newServer } from '../../domain/server.ts';

const LIST = [
  { display_name: 'Plain' },
  {
    display_name: 'Lab',
    profile_options: {
      size: { choices: { small: {}, large: { display_name: 'Large' } } },
      image: {
        choices: { one: {} },
        unlisted_choice: {
          enabled: true,
          validation_regex: 'lab:[0-9]+',
          validation_message: 'A number, please.',
          kubespawner_override: { image: '{value}' },
        },
      },
    },
  },
  { display_name: 'GPU', allowed_groups: ['physics'] },
];

let house: PagesHouse;
afterEach(() => house.close());

async function open(list: unknown = LIST, spawn: 'slow' | 'ready' = 'slow') {
  const read = readProfileList(list, '');
  if (typeof read === 'string') throw new Error(read);
  house = await openPagesHouse({ spawn, profiles: read.profiles });
  await house.addUser('alice');
}
const optionsOf = (user = 'alice') => house.store.servers.get(`${user}/`)?.options;
const checked = (text: string) => /value="([^"]+)" checked/.exec(text)?.[1];

test('the form shows what its reader may use, with the default chosen, and starts nothing', async () => {
  await open();
  const page = await house.get('/hub/spawn', 'alice');
  expect(page.status).toBe(200);
  expect(page.text).toContain('Plain');
  expect(page.text).not.toContain('GPU');
  expect(checked(page.text)).toBe('plain');
  expect(optionsOf()).toBeUndefined();
});

test('members of its group see a profile', async () => {
  await open();
  await house.addUser('pia', { groups: ['physics'] });
  expect((await house.get('/hub/spawn', 'pia')).text).toContain('GPU');
});

test('what was sent starts the server, is kept, and is there the next time', async () => {
  await open();
  const sent = await house.post('/hub/spawn', 'alice', {
    profile: 'lab',
    'profile-option-lab--size': 'large',
    'profile-option-lab--image': '--other',
    'profile-option-lab--image--unlisted-choice': ' lab:7 ',
    next: '/user/alice/lab/tree/x',
  });
  expect(sent.status).toBe(303);
  expect(sent.location).toContain('next=%2Fuser%2Falice%2Flab%2Ftree%2Fx');
  expect(optionsOf()).toEqual({ profile: 'lab', size: 'large', 'image--unlisted-choice': 'lab:7' });
  await house.finishStart('alice', '', 'failed');
  const again = await house.get('/hub/spawn', 'alice');
  expect(checked(again.text)).toBe('lab');
  expect(again.text).toContain('value="lab:7"');
  expect(again.text).toMatch(/value="large" selected/);
});

test('a link fills in the form and starts nothing', async () => {
  await open();
  const page = await house.get('/hub/spawn?profile=lab&size=large', 'alice');
  expect(checked(page.text)).toBe('lab');
  expect(page.text).toMatch(/value="large" selected/);
  expect(page.text).not.toContain('This cannot be started');
  expect(optionsOf()).toBeUndefined();
  const other = await house.get('/hub/spawn?profile=gpu', 'alice');
  expect(other.text).toContain('There is no profile gpu for you.');
});

test.each([
  [{ profile: 'gpu' }, 'There is no profile gpu for you.'],
  [{ profile: 'lab', 'profile-option-lab--size': 'huge' }, 'size cannot be huge.'],
  [
    {
      profile: 'lab',
      'profile-option-lab--image': '--other',
      'profile-option-lab--image--unlisted-choice': 'no',
    },
    'A number, please.',
  ],
  [{ profile: 'lab', 'profile-option-lab--image': '--other' }, 'A number, please.'],
])('%j is refused on the form, with its reason, and changes nothing', async (form, reason) => {
  await open();
  const page = await house.post('/hub/spawn', 'alice', form as Record<string, string>);
  expect(page.status).toBe(400);
  expect(page.text).toContain(reason);
  expect(optionsOf()).toBeUndefined();
});

test('the Start button leads to the form where there is a choice, and starts at once where there is none', async () => {
  await open();
  expect((await house.get('/hub/home', 'alice')).text).toContain(
    '<a class="button primary" href="/hub/spawn/alice"',
  );
  await house.close();
  await open([]);
  const home = await house.get('/hub/home', 'alice');
  expect(home.text).toMatch(/<form class="action" method="post" action="\/hub\/spawn\/alice"/);
});

test('a plain button takes what was chosen last, and asks again when that is gone', async () => {
  await open();
  await house.post('/hub/spawn', 'alice', { profile: 'lab', 'profile-option-lab--size': 'large' });
  await house.finishStart('alice', '', 'failed');
  expect((await house.post('/hub/spawn', 'alice')).status).toBe(303);
  expect(optionsOf()).toMatchObject({ profile: 'lab', size: 'large' });
  await house.finishStart('alice', '', 'failed');
  const server = house.store.servers.get('alice/');
  if (server === undefined) throw new Error('no server');
  await house.store.change((drafts) => drafts.servers.put({ ...server, options: { profile: 'gone' } }));
  const page = await house.post('/hub/spawn', 'alice');
  expect(page.status).toBe(400);
  expect(page.text).toContain('There is no profile gone for you. Yours: plain, lab.');
});

test('what was chosen last and is gone is not asked about where only one is left: the button starts that', async () => {
  await open([{ display_name: 'Ports' }]);
  const server = { ...newServer('alice'), options: { profile: 'botany' } };
  await house.store.change((drafts) => drafts.servers.put(server));
  const pressed = await house.post('/hub/spawn', 'alice', {});
  expect(pressed.status).toBe(303);
  expect(optionsOf()).not.toMatchObject({ profile: 'botany' });
});

test('whoever may use none of the profiles is told so, instead of being given a button that fails', async () => {
  await open([{ display_name: 'GPU', allowed_groups: ['physics'] }]);
  const page = await house.get('/hub/spawn', 'alice');
  expect(page.text).toContain('There is nothing for you to start here.');
  expect(page.text).not.toContain('type="submit">Start');
  expect((await house.post('/hub/spawn', 'alice')).status).toBe(400);
  expect(optionsOf()).toBeUndefined();
});

test('through the API the same rules hold, for whoever asks', async () => {
  await open(LIST, 'ready');
  await house.addUser('mary', { admin: true });
  const token = await house.token('mary');
  const start = (body: unknown) => house.call('POST', '/hub/api/users/alice/server', { token, body });
  expect(await start({ profile: 'gpu' })).toMatchObject({
    status: 400,
    json: { message: expect.stringContaining('There is no profile gpu for you') },
  });
  expect((await start({ profile: 'lab', size: 'huge' })).status).toBe(400);
  expect(optionsOf()).toBeUndefined();
  expect((await start({ profile: 'lab', size: 'large' })).status).toBe(201);
  expect(optionsOf()).toEqual({ profile: 'lab', size: 'large', image: 'one' });
});

test('where no image may be chosen, naming one is refused instead of ignored', async () => {
  await open([]);
  const token = await house.token('alice');
  const { status } = await house.call('POST', '/hub/api/users/alice/server', {
    token,
    body: { image: 'mine:1' },
  });
  expect(status).toBe(400);
});
