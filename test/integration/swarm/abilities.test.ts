import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeCullIdle } from '../../../hub/src/usecases/cull-idle.ts';
import { makeFreezeServer } from '../../../hub/src/usecases/freeze-server.ts';
import { KernelBook } from '../../../hub/src/usecases/kernel-book.ts';
import { makeLimitServer } from '../../../hub/src/usecases/limit-server.ts';
import { serverPolicy } from '../../../hub/src/usecases/server-policy.ts';
import { openHouseBrowser } from '../../support/house-browser.ts';
import { CULL_SETTINGS } from '../../support/idle-verbs.ts';
import { openPagesHouse, type PagesHouse } from '../../support/pages-house.ts';
import { asPerson } from '../../support/walker.ts';
import { SwarmHouse } from './swarm-house.ts';

/** Says to who has its token what a notebook says of its kernels: one that executes while /tmp/busy is there, else none. */
const NOTEBOOK = `
use IO::Socket::INET; $| = 1;
my $door = IO::Socket::INET->new(LocalPort => 8888, Listen => 50, ReuseAddr => 1) or die $!;
while (my $guest = $door->accept) {
  my ($line, $token) = (scalar(<$guest>), '');
  while (<$guest>) { last if /^\\r?\\n$/; $token = $1 if /^authorization: token (\\S+)/i }
  my $may = $token eq $ENV{JUPYTERHUB_API_TOKEN};
  my $kernel = '{"execution_state":"busy","last_activity":"2020-01-01T00:00:00Z"}';
  my $body = $line =~ m{/api/kernels} ? (-e '/tmp/busy' ? "[$kernel]" : '[]')
    : $line =~ m{/api/terminals} ? '[]' : '{"last_activity":"2020-01-01T00:00:00Z"}';
  my $status = $may || $line =~ m{/api }  ? '200 OK' : '403 Forbidden';
  print $guest "HTTP/1.1 $status\\r\\nConnection: close\\r\\nContent-Type: application/json\\r\\nContent-Length: "
    . length($body) . "\\r\\n\\r\\n$body";
  close $guest;
}`;

describe('what a Swarm cannot', () => {
  let house: SwarmHouse;
  let pages: PagesHouse;
  beforeAll(async () => {
    const settings = { command: ['perl', '-e', NOTEBOOK] };
    house = await SwarmHouse.open({ word: 'hubable', settings });
    await house.addPeople('ana');
    await house.startAndWait('ana');
    // The pages of a hub whose machines these are.
    pages = await openPagesHouse({ machines: () => house.desk });
    await pages.addUser('mary', { admin: true });
    await pages.addUser('ana');
    await pages.runServer('ana');
  });
  afterAll(async () => {
    await pages.close();
    await house.close();
  });

  it('is refused before the server is touched, with a code and a sentence', async () => {
    const before = house.server('ana');
    const limits = makeLimitServer(house.ports)({ user: 'ana', name: '' }, { memory: 2 ** 27 });
    await expect(limits).rejects.toThrow(/SPAWN-180 .*changing the limits/);
    expect(house.server('ana')).toEqual(before);
    expect(house.ports.lives.get('ana', '')).toBeUndefined();
    const token = await pages.token('mary');
    const call = (method: string, path: string, body?: unknown) =>
      pages.call(method, `/hub/api/berth/${path}`, { token, ...(body === undefined ? {} : { body }) });
    const answer = await call('PATCH', 'users/ana/server/limits', { mem_limit: 2 ** 27 });
    expect([answer.status, answer.json]).toMatchObject([400, { code: 'SPAWN-180' }]);
  });

  it('has no freezing: the policy that a page tells is the stop alone', () => {
    const policy = { ...CULL_SETTINGS, freezeTimeout: 60 };
    expect(serverPolicy(house.ports, policy, house.server('ana'))).toMatchObject({
      freezeTimeout: null,
      timeout: CULL_SETTINGS.timeout,
    });
  });

  it('is greyed out on the pages, each with its sentence', async () => {
    const browser = await openHouseBrowser();
    try {
      const context = await asPerson(browser, pages, 'mary');
      const page = await context.newPage();
      await page.goto(`${pages.origin}/hub/admin/limits/ana`);
      expect(await page.locator('main button[type=submit]').isDisabled()).toBe(true);
      expect(await page.locator('.note').textContent()).toContain('cannot be changed');
      const folder = join(import.meta.dirname, '../../output/swarm');
      await mkdir(folder, { recursive: true });
      await page.screenshot({ path: join(folder, 'limits.png') });
      await page.goto(`${pages.origin}/hub/admin/volumes`);
      expect(await page.locator('.note').textContent()).toContain('looks into none of them');
      await page.goto(`${pages.origin}/hub/admin/machines`);
      const names = await page.locator('tbody th').allTextContents();
      expect(names.map((name) => name.split(' ')[0]).sort()).toEqual(
        house.lab.machines.map(({ name }) => name).sort(),
      );
      await page.screenshot({ path: join(folder, 'machines.png') });
    } finally {
      await browser.close();
    }
  });

  it('the culler believes the notebook: it keeps one whose kernel executes, and stops an idle one', async () => {
    const settings = { ...CULL_SETTINGS, timeout: 2, freezeTimeout: 1, warning: 0 };
    const verbs = {
      stop: house.stop,
      freeze: makeFreezeServer(house.ports),
      wake: () => Promise.reject(new Error('nothing sleeps')),
      removeServer: () => Promise.reject(new Error('nobody asked for that')),
    };
    const cull = makeCullIdle(house.ports, verbs, settings, new KernelBook());
    await house.inside('ana', 'touch /tmp/busy');
    await idleFor(house, 3_000);
    expect(await cull()).toMatchObject({ looked: 1, asked: 1, stopped: [], frozen: [] });
    await house.inside('ana', 'rm /tmp/busy');
    await expect
      .poll(async () => (await cull()).stopped, { timeout: 60_000, interval: 1_000 })
      .toEqual(['ana/']);
    expect(house.server('ana')).toMatchObject({ state: 'stopped', stopReason: { why: 'idle' } });
  });
});

/** Resolves when nobody has done anything on ana's server for so long. */
async function idleFor(house: SwarmHouse, ms: number): Promise<void> {
  await expect
    .poll(() => Date.now() - (house.server('ana').lastPersonal ?? 0), { timeout: 60_000 })
    .toBeGreaterThan(ms);
}
