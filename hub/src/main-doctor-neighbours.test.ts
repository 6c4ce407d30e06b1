import { expect, it } from 'vitest';
import { loadSettings } from './config/load-settings.ts';
import { neighboursFinding } from './main-doctor-neighbours.ts';

/** What is found with these settings in `.env`, so many accounts and so many servers that run. */
function found(env: Readonly<Record<string, string>>, accounts: number, running = 0) {
  const loaded = loadSettings(env);
  if ('faults' in loaded) throw new Error(JSON.stringify(loaded.faults));
  const states = [
    ...Array.from({ length: running }, () => ({ state: 'ready' as const })),
    ...Array.from({ length: 1000 }, () => ({ state: 'stopped' as const })),
  ];
  return neighboursFinding(loaded.settings, { users: { size: accounts }, servers: { values: () => states } });
}

it.each([
  ['counts accounts where no limit is set', { MACHINE_NEIGHBOURS: '1024' }, 204, 0, 'ok'],
  ['counts accounts where no limit is set', { MACHINE_NEIGHBOURS: '1024' }, 205, 0, 'warn'],
  ['counts what runs where people have several', { MACHINE_NEIGHBOURS: '1024' }, 100, 205, 'warn'],
  ['takes the limit', { MACHINE_NEIGHBOURS: '1024', ACTIVE_SERVER_LIMIT: '204' }, 5000, 0, 'ok'],
  ['takes the limit', { MACHINE_NEIGHBOURS: '1024', ACTIVE_SERVER_LIMIT: '205' }, 3, 0, 'warn'],
  ['warns of nothing that is not told', {}, 5000, 400, 'ok'],
  ['warns of no Swarm', { MACHINE_NEIGHBOURS: '1024', SPAWNER: 'swarm' }, 5000, 400, 'ok'],
] as const)('%s: %j, %d accounts, %d running: %s', (_, env, accounts, running, level) => {
  expect(found(env, accounts, running).level).toBe(level);
});
