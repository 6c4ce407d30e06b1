import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { askHub } from '../../hub/src/cli/ask-hub.ts';
import { runCommand } from '../../hub/src/cli/commands.ts';
import { makeKernel } from './jupyter-kernel.ts';
import { RunningHub } from './running-hub.ts';

// The whole hub with the genuine jupyterhub-singleuser: policies, keeping, age, the dry run, and a schedule.
const SHORT_SECONDS = 6;
const AGE_SECONDS = 40;
const PROFILES = [
  { display_name: 'Long', slug: 'long', default: true },
  { display_name: 'Short', slug: 'short', cull: { timeout: SHORT_SECONDS, freezeTimeout: 'never' } },
  { display_name: 'Bounded', slug: 'bounded', cull: { maxAge: AGE_SECONDS } },
];

let hub: RunningHub;
beforeAll(async () => {
  hub = await RunningHub.open({
    settings: {
      DOCKER_NOTEBOOK_IMAGE: 'berth-notebook-minimal',
      CULL_EVERY: '1',
      CULL_TIMEOUT: '3600',
      FREEZE_TIMEOUT: '900',
      CULL_GROUPS: '{"staff": {"timeout": 7200, "maxAge": 86400}}',
      SCHEDULES: '[{"name": "Every minute", "start": "* * * * *", "group": "class", "profile": "long"}]',
      HTTP_TIMEOUT: '120',
      PROFILES: JSON.stringify(PROFILES),
    },
  });
});
afterEach(async () => {
  await hub.api('DELETE', `/users/${hub.alice}/server`);
  const stopped = async () => (await hub.server())?.stopped ?? true;
  await expect.poll(stopped, { timeout: 60_000, interval: 200 }).toBe(true);
});
afterAll(() => hub?.close());

interface Row {
  readonly user: string;
  readonly policy: string;
  readonly keepUntil: string | null;
  readonly verdict: string;
}

/** As an administrator types it. */
async function dryRun(): Promise<Row | undefined> {
  const ask = (method: string, path: string) => askHub(hub.adminSocket, method, path);
  const { code, out } = await runCommand(ask, ['cull', '--dry-run', '--json']);
  expect(code).toBe(0);
  return (JSON.parse(out ?? '') as { servers: Row[] }).servers.find(({ user }) => user === hub.alice);
}

const stops = () => expect.poll(() => hub.container(), { timeout: 120_000, interval: 300 }).toBeNull();

test('a profile’s own time stops its servers; one that its owner keeps goes on, and the dry run says why', {
  timeout: 300_000,
}, async () => {
  await hub.startServer(hub.alice, { profile: 'short' }, 120_000);
  const path = `/berth/users/${hub.alice}/server/keep`;
  expect(await hub.api('POST', path, { seconds: 25 })).toMatchObject({ status: 200, json: { why: 'idle' } });
  await sleep((SHORT_SECONDS + 4) * 1000);
  expect(await hub.server()).toMatchObject({ ready: true });
  expect(await dryRun()).toMatchObject({
    policy: `stop ${SHORT_SECONDS} seconds`,
    keepUntil: expect.any(String),
    verdict: 'keep: its owner keeps it',
  });
  await stops();
  await expect
    .poll(() => hub.log, { timeout: 10_000 })
    .toMatch(/"why":"idle","detail":"idle for \d+ (seconds|minutes)"/);
});

test('age ends a server although its kernel executes', { timeout: 300_000 }, async () => {
  await hub.startServer(hub.alice, { profile: 'bounded' }, 120_000);
  const address = (await hub.container())?.NetworkSettings.Networks[hub.dock.name]?.IPAddress;
  const kernel = await makeKernel(`http://${address}:8888/user/${hub.alice}/`, await hub.tokenOf());
  await kernel.executeUnwatched('import time; time.sleep(600)');
  expect(await dryRun()).toMatchObject({
    policy: `sleep 15 minutes, stop 60 minutes, at most ${AGE_SECONDS} seconds`,
  });
  await stops();
  await expect.poll(() => hub.log, { timeout: 10_000 }).toMatch(/"why":"aged","detail":"\d+ seconds"/);
});

test('a group’s times hold for its members', { timeout: 300_000 }, async () => {
  await hub.api('POST', '/groups/staff');
  await hub.api('POST', '/groups/staff/users', { users: [hub.alice] });
  await hub.startServer(hub.alice, { profile: 'long' }, 120_000);
  expect(await dryRun()).toMatchObject({
    policy: 'sleep 15 minutes, stop 2 hours, at most 24 hours',
    verdict: 'keep: in use',
  });
  expect(await hub.api('GET', `/berth/users/${hub.alice}/server/keep`)).toMatchObject({
    json: { keep_until: null, frozen: false, why: 'idle', freezes_at: expect.any(String) },
  });
});

test('a schedule starts the servers of its group by itself, and the audit log tells', {
  timeout: 300_000,
}, async () => {
  const student = `student-${hub.dock.word}`;
  await hub.api('POST', `/users/${student}`);
  await hub.api('POST', '/groups/class');
  await hub.api('POST', '/groups/class/users', { users: [student] });
  const ready = async () => (await hub.server(student))?.ready;
  await expect.poll(ready, { timeout: 180_000, interval: 500 }).toBe(true);
  expect(await hub.server(student)).toMatchObject({ user_options: { profile: 'long' } });
  expect(await hub.server()).toMatchObject({ ready: false });
  await expect.poll(() => hub.log, { timeout: 10_000 }).toContain('start: 1 started, 0 ran, 0 failed');
  await hub.api('DELETE', `/groups/class`);
  await hub.api('DELETE', `/users/${student}/server`);
});
