import { afterEach, expect, it } from 'vitest';
import { type ContractHub, openContractHub } from '../../../../test/support/contract-hub.ts';
import { machine, toyCluster } from '../../../../test/support/toy-cluster.ts';

let house: ContractHub;
afterEach(() => house.close());

async function open() {
  const { book, desk } = toyCluster({ now: Date.now, sleep: () => Promise.resolve() });
  house = await openContractHub({ machines: desk });
  await house.addUser('mary', { admin: true });
  await house.addUser('ana');
  book.noteMachines([machine('n1', { manager: true }), machine('n2', { state: 'away' })]);
  await house.store.change((drafts) =>
    drafts.volumeHomes.put({ volume: 'v', machine: 'n2', machineName: 'n2', since: 1 }),
  );
}

it('tells administrators of the machines, and nobody else', async () => {
  await open();
  const { status, json } = await house.call('GET', '/hub/api/berth/machines', {
    token: await house.token('mary'),
  });
  expect(status).toBe(200);
  expect(json).toMatchObject([
    { id: 'n1', state: 'ready', manager: true, servers: 0, volumes: 0, emptied: null },
    { id: 'n2', state: 'away', volumes: 1 },
  ]);
  const other = await house.call('GET', '/hub/api/berth/machines', { token: await house.token('ana') });
  expect(other.status).toBe(403);
});

it('moves the homes of volumes, and refuses machines that are not there', async () => {
  await open();
  const token = await house.token('mary');
  const move = (body: unknown) => house.call('POST', '/hub/api/berth/machines/move-volumes', { token, body });
  expect((await move({ from: 'n2', to: 'n7' })).status).toBe(404);
  expect((await move({ from: 'n1', to: 'n2' })).status).toBe(404);
  expect((await move({ from: 'n2' })).status).toBe(400);
  expect(house.store.volumeHomes.get('v')?.machine).toBe('n2');
  expect(await move({ from: 'n2', to: 'n1' })).toMatchObject({ status: 200, json: { volumes: 1 } });
  expect(house.store.volumeHomes.get('v')?.machine).toBe('n1');
  const others = await house.call('POST', '/hub/api/berth/machines/move-volumes', {
    token: await house.token('ana'),
    body: { from: 'n1', to: null },
  });
  expect(others.status).toBe(403);
});

it('answers what a cluster cannot with a code and a sentence', async () => {
  await open();
  await house.runServer('ana');
  const answer = await house.call('PATCH', '/hub/api/berth/users/ana/server/limits', {
    token: await house.token('mary'),
    body: { mem_limit: 2 ** 30 },
  });
  expect(answer.status).toBe(400);
  expect(answer.text).toContain('changing the limits of a running server');
});

it('has no machines where servers run on one', async () => {
  house = await openContractHub();
  await house.addUser('mary', { admin: true });
  const answer = await house.call('GET', '/hub/api/berth/machines', { token: await house.token('mary') });
  expect(answer.status).toBe(404);
});
