import { expect, test } from 'vitest';
import { makeTables } from '../adapters/store/tables.ts';
import { makeFactBus } from '../adapters/system/fact-bus.ts';
import type { SpawnStep } from '../domain/fact.ts';
import { newServer, type ServerState } from '../domain/server.ts';
import { makeFollowSpawn } from './follow-spawn.ts';

const log = { info: () => {}, warn: () => {}, error: () => {} };

function makeStage() {
  const facts = makeFactBus(log);
  const tables = makeTables();
  const store = { ...tables, change: async () => undefined as never, touch: () => {}, close: async () => {} };
  const clock = { now: () => 5, sleep: async () => {} };
  const follow = makeFollowSpawn({ facts, store, clock });
  const tell = (state: ServerState, message: string = state, user = 'alice', server = '') =>
    facts.tell({ kind: 'server-step', user, server, step: { at: 1, state, percent: 0, message } });
  return { follow, tell, tables };
}

async function all(steps: AsyncIterable<SpawnStep>): Promise<string[]> {
  const seen: string[] = [];
  for await (const step of steps) seen.push(step.message);
  return seen;
}

const soon = () => AbortSignal.timeout(5_000);

test('who comes late hears what was, then what comes, and the end', async () => {
  const { follow, tell } = makeStage();
  tell('queued');
  tell('creating');
  const seen = all(follow('alice', '', soon()));
  await new Promise((resolve) => setImmediate(resolve));
  tell('waiting', 'somebody else', 'bob');
  tell('waiting', 'another server', 'alice', 'gpu');
  tell('waiting');
  tell('ready');
  expect(await seen).toEqual(['queued', 'creating', 'waiting', 'ready']);
  expect(await all(follow('alice', '', soon()))).toEqual(['queued', 'creating', 'waiting', 'ready']);
});

test('a thousand lines of a download are remembered as the last one', async () => {
  const { follow, tell } = makeStage();
  tell('queued');
  for (let line = 0; line < 1_000; line += 1) tell('pulling', `${line} bytes`);
  tell('failed');
  expect(await all(follow('alice', '', soon()))).toEqual(['queued', '999 bytes', 'failed']);
});

test('a new start begins a new story', async () => {
  const { follow, tell } = makeStage();
  for (const state of ['queued', 'failed', 'queued', 'ready'] as const) tell(state);
  expect(await all(follow('alice', '', soon()))).toEqual(['queued', 'ready']);
});

test('who follows a start before anybody has told of it does not hear how the last one ended', async () => {
  const { follow, tell, tables } = makeStage();
  for (const state of ['queued', 'failed'] as const) tell(state);
  tables.servers.put({ ...newServer('alice'), state: 'queued' });
  const seen = all(follow('alice', '', soon()));
  await new Promise((resolve) => setImmediate(resolve));
  tell('queued');
  tell('ready');
  expect(await seen).toEqual(['Server requested', 'queued', 'ready']);
});

test('following ends with the signal, also while nothing happens', async () => {
  const { follow, tell } = makeStage();
  tell('queued');
  expect(await all(follow('alice', '', AbortSignal.timeout(20)))).toEqual(['queued']);
});

test('after a restart of the hub the record is all that is known', async () => {
  const { follow, tables } = makeStage();
  const failure = { at: 1, facts: { exitCode: 3 }, detail: '', exitCode: 3, outOfMemory: false, log: [] };
  tables.servers.put({ ...newServer('alice'), state: 'failed', failure: { ...failure, code: 'SPAWN-120' } });
  tables.servers.put({ ...newServer('bob'), state: 'ready' });
  const steps: SpawnStep[] = [];
  for await (const step of follow('alice', '', soon())) steps.push(step);
  expect(steps).toMatchObject([{ at: 5, state: 'failed', code: 'SPAWN-120', percent: 100 }]);
  expect(await all(follow('bob', '', soon()))).toEqual(['Server ready']);
  expect(await all(follow('nobody', '', soon()))).toEqual(['Not running']);
});
