import { afterAll, beforeAll, expect, test } from 'vitest';
import { systemClock } from '../../hub/src/adapters/system/clock.ts';
import { House } from './spawn-house.ts';

/** Answers as the house's own does, and says on its output what it was asked. */
const TELLING = `
use IO::Socket::INET; $| = 1;
my $door = IO::Socket::INET->new(LocalPort => 8888, Listen => 50, ReuseAddr => 1) or die $!;
while (my $guest = $door->accept) {
  my $line = <$guest>; while (<$guest>) { last if /^\\r?\\n$/ }
  print "asked $line";
  my $body = "I am $ENV{JUPYTERHUB_USER}\\n";
  print $guest "HTTP/1.1 200 OK\\r\\nConnection: close\\r\\nContent-Length: " . length($body) . "\\r\\n\\r\\n$body";
  close $guest;
}`;

let house: House;
beforeAll(async () => {
  house = await House.open();
});
afterAll(() => house.close());

test('nobody is led into the server that got the address of theirs, although their server’s end was not heard of', {
  timeout: 90_000,
}, async () => {
  const { alice, bob } = house;
  const former = await house.startAndWait();
  const hear = house.note;
  // The engine's event of the end is late.
  house.note = () => Promise.resolve();
  await house.dock.docker.getContainer(former.containerId ?? '').remove({ force: true });
  house.plans = { bob: { command: ['perl', '-e', TELLING] } };

  const visits = keepVisiting(`${house.proxy.url}/user/${alice}/lab`);
  const now = await house.startAndWait(bob);
  const seen = await visits.end();

  // Else nothing was tried.
  expect(now).toMatchObject({ state: 'ready', target: former.target });
  expect(house.server(alice)).toMatchObject({ state: 'ready', target: former.target });
  expect(seen.length).toBeGreaterThan(10);
  const asked = await house.ports.containers.logs(now.containerId ?? '', 1000);
  const first = asked.findIndex((line) => line.includes(`GET /user/${bob}/api`));
  expect(first).toBeGreaterThanOrEqual(0);
  // The engine tells the address when the program runs already: what listens within milliseconds may be met until then.
  expect(asked.slice(first).filter((line) => line.includes(alice))).toEqual([]);
  expect(seen.slice(-10).filter((body) => body.includes(bob))).toEqual([]);
  expect(await (await fetch(`${house.proxy.url}/user/${bob}/lab`)).text()).toBe(`I am ${bob}\n`);

  house.note = hear;
  await house.reconcile();
  await house.reaches(['stopped', 'failed'], alice);
  // What was looked after is the former one's record, not the way of who has the address now.
  expect(await (await fetch(`${house.proxy.url}/user/${bob}/lab`)).text()).toBe(`I am ${bob}\n`);
  expect(await (await fetch(`${house.proxy.url}/user/${alice}/lab`)).text()).not.toContain(bob);
});

/** Asks again and again, and waits for no answer: what is asked of an address that nobody has hangs for seconds. */
function keepVisiting(url: string): { end(): Promise<readonly string[]> } {
  const begun: Promise<string>[] = [];
  let going = true;
  const visit = async (): Promise<string> => {
    const answer = await fetch(url, { signal: AbortSignal.timeout(5_000) }).catch(() => null);
    return answer === null ? '' : await answer.text().catch(() => '');
  };
  const done = (async () => {
    while (going) {
      begun.push(visit());
      await systemClock.sleep(20);
    }
  })();
  return {
    /** What was answered, in the order in which it was asked. */
    async end() {
      // Some more, after the new server was ready.
      await systemClock.sleep(500);
      going = false;
      await done;
      return Promise.all(begun);
    },
  };
}
