import { afterEach, expect, it } from 'vitest';
import { openPagesHouse, type PagesHouse } from '../../../../test/support/pages-house.ts';
import { machine, runningOn, toyCluster } from '../../../../test/support/toy-cluster.ts';
import { type Moved, newServer } from '../../domain/server.ts';

let house: PagesHouse;
afterEach(() => house.close());

const GIB = 2 ** 30;

/** ana's server runs on lab-1, where her files lie; ben's files lie on lab-2. mary administers. */
async function open(movable = false) {
  let ahead = 0;
  const clock = { now: () => Date.now() + ahead, sleep: () => Promise.resolve() };
  const { book, desk } = toyCluster(clock, { movable });
  house = await openPagesHouse({ machines: desk });
  await house.addUser('mary', { admin: true });
  for (const name of ['ana', 'ben']) await house.addUser(name);
  await house.runServer('ana');
  const one = machine('n1', { name: 'lab-1', manager: true });
  book.noteMachines([one, machine('n2', { name: 'lab-2' })]);
  book.noteViews([runningOn('c1', one)]);
  const grant = { memory: 2 * GIB, cpus: 2, memoryGuarantee: GIB, cpuGuarantee: 0.5, gpus: [] };
  await change({ grant, containerId: 'c1', volumeName: 'v-ana' });
  await house.store.change((drafts) => {
    drafts.servers.put({ ...newServer('ben'), volumeName: 'v-ben' });
    drafts.volumeHomes.put({ volume: 'v-ana', machine: 'n1', machineName: 'lab-1', since: 1 });
    drafts.volumeHomes.put({ volume: 'v-ben', machine: 'n2', machineName: 'lab-2', since: 1 });
  });
  return {
    book,
    one,
    pass: (ms: number) => {
      ahead += ms;
    },
  };
}

async function change(more: Readonly<Record<string, unknown>>): Promise<void> {
  const server = house.store.servers.get('ana/');
  if (server === undefined) throw new Error('ana has no server');
  await house.store.change((drafts) => drafts.servers.put({ ...server, ...more }));
}

it('shows administrators each machine with its servers, what they are promised, and the volumes on it', async () => {
  await open();
  const { status, text } = await house.get('/hub/admin/machines', 'mary');
  expect(status).toBe(200);
  const plain = text.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ');
  expect(plain).toContain('lab-1 (manager) Takes servers 1 1 GiB of 16 GiB, 0.5 of 8 cores 1');
  expect(plain).toContain('lab-2 Takes servers 0 0 B of 16 GiB, 0 of 8 cores 1');
  expect((await house.get('/hub/admin/servers', 'mary')).text).toContain('href="/hub/admin/machines"');
});

it.each([['/hub/admin/machines'], ['/hub/admin/machines/move']])('is refused to others: %s', async (path) => {
  await open();
  const answer = path.endsWith('move')
    ? await house.post(path, 'ana', { from: 'n2', to: 'n1', confirm: 'lab-2' })
    : await house.get(path, 'ana');
  expect(answer.status).toBe(403);
  expect(house.store.volumeHomes.get('v-ben')?.machine).toBe('n2');
});

it('is not there where servers run on one machine', async () => {
  house = await openPagesHouse();
  await house.addUser('mary', { admin: true });
  expect((await house.get('/hub/admin/machines', 'mary')).status).toBe(404);
  expect((await house.get('/hub/admin/servers', 'mary')).text).not.toContain('/hub/admin/machines');
});

it('says where the files of a lost machine are now, after its name was written out, and says what is lost', async () => {
  const { book, one } = await open();
  book.noteMachines([one, machine('n2', { name: 'lab-2', state: 'away' })]);
  const { text } = await house.get('/hub/admin/machines', 'mary');
  expect(text).toContain('Files on lab-2');
  expect(text).toContain('if there is none, it is empty');
  expect(text).not.toContain('Files on lab-1');
  const move = (form: Readonly<Record<string, string>>) =>
    house.post('/hub/admin/machines/move', 'mary', form);

  expect((await move({ from: 'n2', to: 'n1', confirm: 'lab' })).status).toBe(400);
  expect((await move({ from: 'n2', to: 'n9', confirm: 'lab-2' })).status).toBe(404);
  expect(house.store.volumeHomes.get('v-ben')?.machine).toBe('n2');

  const done = await move({ from: 'n2', to: 'n1', confirm: 'lab-2' });
  expect([done.status, done.location]).toEqual([303, '/hub/admin/machines?done=moved']);
  expect(house.store.volumeHomes.get('v-ben')).toMatchObject({ machine: 'n1', machineName: 'lab-1' });

  // ana works on those of lab-1.
  expect((await move({ from: 'n1', to: '', confirm: 'lab-1' })).status).toBe(400);
  expect(house.store.volumeHomes.size).toBe(2);
});

it('keeps a machine that left the Swarm in the list while files are said to lie there', async () => {
  const { book, one } = await open();
  book.noteMachines([one]);
  expect((await house.get('/hub/admin/machines', 'mary')).text).toContain('Left the Swarm');
  await house.post('/hub/admin/machines/move', 'mary', { from: 'n2', to: '', confirm: 'lab-2' });
  expect(house.store.volumeHomes.get('v-ben')).toBeUndefined();
  expect((await house.get('/hub/admin/machines', 'mary')).text).not.toContain('lab-2');
});

it.each([
  [true, 'started again on another machine'],
  [false, 'because your files lie on that machine'],
])(
  'warns the owner of a server whose machine closes, and says what comes then (files move: %s)',
  async (movable, words) => {
    const { book, one } = await open(movable);
    expect((await house.get('/hub/home', 'ana')).text).not.toContain('closes for maintenance');
    const closing = { ...one, state: 'paused' as const };
    book.noteEvent({ kind: 'machine', machine: closing });
    const { text } = await house.get('/hub/home', 'ana');
    expect(text).toMatch(/Your server runs on lab-1, which closes for maintenance in \d+/);
    expect(text).toContain(words);
    expect((await house.get('/hub/admin/machines', 'mary')).text).toContain('Its servers are ended in');
    book.noteEvent({ kind: 'machine', machine: one });
    expect((await house.get('/hub/home', 'ana')).text).not.toContain('closes for maintenance');
  },
);

it('tells the owner that the server was moved, from where and what is lost, and on which machine it is', async () => {
  await open(true);
  const moved: Moved = { at: Date.now() - 60_000, from: 'lab-7', why: 'away' };
  await change({ moved });
  const { text } = await house.get('/hub/home', 'ana');
  expect(text).toContain('Moved here because the machine lab-7 stopped answering');
  expect(text).toContain('what was only in memory is lost');
  expect(text).toContain('<bdi>lab-1</bdi>');
});

it('greys out with a sentence what a cluster cannot, and refuses it on the server too', async () => {
  await open();
  const limits = await house.get('/hub/admin/limits/ana', 'mary');
  expect(limits.text).toContain('the limits of one that runs cannot be changed');
  expect(limits.text).toMatch(/<fieldset[^>]* disabled/);
  const refused = await house.post('/hub/admin/limits/ana', 'mary', { memory: '4G' });
  expect(refused.status).toBe(400);
  expect(refused.text).toContain('This cannot be done on several machines');

  for (const path of ['/hub/files', '/hub/admin/volumes']) {
    expect((await house.get(path, 'mary')).text).toContain('the hub looks into none of them');
  }
  expect((await house.get('/hub/home', 'ana')).text).toContain(
    'only where the image has jupyter-server-proxy',
  );
  const environments = await house.get('/hub/environments', 'mary');
  expect(environments.text).toContain('cannot be saved as environments');
});
