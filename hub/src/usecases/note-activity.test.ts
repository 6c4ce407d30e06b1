import { expect, test } from 'vitest';
import { makeTables } from '../adapters/store/tables.ts';
import { newServer } from '../domain/server.ts';
import { noteActivity } from './note-activity.ts';

const NOW = 1_000_000;

function makeStage() {
  const tables = makeTables();
  const person = { admin: false, groups: [], created: 0, identities: {}, invited: false };
  tables.users.put({ name: 'alice', lastActivity: 500, ...person });
  tables.servers.put({ ...newServer('alice'), lastActivity: 700 });
  let touches = 0;
  const store = {
    ...tables,
    change: async () => {
      throw new Error('activity is not worth a write');
    },
    touch: (write: (drafts: typeof tables) => void) => {
      touches += 1;
      write(tables);
    },
    close: async () => {},
  };
  const note = (user: string, server: string | null, at: number) =>
    noteActivity({ store, clock: { now: () => NOW, sleep: async () => {} } }, user, server, at);
  const seen = () => [tables.users.get('alice')?.lastActivity, tables.servers.get('alice/')?.lastActivity];
  return { note, seen, touches: () => touches };
}

test('activity of a server is activity of its owner', () => {
  const { note, seen } = makeStage();
  note('alice', '', 800);
  expect(seen()).toEqual([800, 800]);
});

test('activity of a person is not activity of a server', () => {
  const { note, seen } = makeStage();
  note('alice', null, 800);
  expect(seen()).toEqual([800, 700]);
});

test('it never goes back, each on its own', () => {
  const { note, seen, touches } = makeStage();
  note('alice', '', 600);
  expect(seen()).toEqual([600, 700]);
  note('alice', '', 100);
  expect({ seen: seen(), touches: touches() }).toEqual({ seen: [600, 700], touches: 1 });
});

test('nobody is active in the future', () => {
  const { note, seen } = makeStage();
  note('alice', '', NOW + 59 * 60_000);
  expect(seen()).toEqual([NOW, NOW]);
});

test('whoever is not there is not noted', () => {
  const { note, touches } = makeStage();
  note('nobody', '', 800);
  expect(touches()).toBe(0);
});
