import { setTimeout as sleep } from 'node:timers/promises';
import { chooseAct } from './soak-acts.ts';
import { disagreements, readStore, silent } from './soak-agreement.ts';
import { Footprint } from './soak-footprint.ts';
import { lostFiles } from './soak-volumes.ts';
import { SoakWorld } from './soak-world.ts';

/** People who do something at the same time. */
const HANDS = 4;
const PEOPLE = 8;
/** The hub looks at everything once a minute, and a start may take as long as its deadlines. */
const SETTLED_MS = 240_000;
const TELL_EVERY_MS = 30_000;
/** The last third of the time hub and proxy stay, so that what they keep can be seen to grow. */
const STEADY = 1 / 3;

/**
 * Random starts, stops, kills and removals of containers, visits and saved files, with the hub and the proxy ended
 * (killed, or asked to) in between; then everything must agree. The same seed does the same things, at other moments.
 *
 * @throws Error with all that went wrong.
 */
export async function soakSpawning(seconds: number, seed: number): Promise<string> {
  const world = await SoakWorld.open(seed, PEOPLE);
  const telling = setInterval(() => tell(world), TELL_EVERY_MS);
  try {
    const rough = Date.now() + seconds * 1000 * (1 - STEADY);
    await Promise.all([hands(world, rough), endings(world, rough)]);
    await settled(world, 'after the rough part');
    const footprint = new Footprint(world);
    await hands(world, Date.now() + seconds * 1000 * STEADY);
    await settled(world, 'after the steady part');
    // Connections that were kept open are let go.
    await sleep(6_000);
    const { words, faults } = footprint.close();
    world.faults.push(...faults);
    await restartAndClear(world);
    for (const lost of await lostFiles(world)) world.fault(lost);
    world.faults.push(...errorsIn(world.hub.log));
    if (world.faults.length > 0) throw new Error(`seed ${seed}: ${world.faults.slice(0, 30).join('\n')}`);
    return `${seconds} s, seed ${seed}: ${sum(world)}; engine, store and routes agree; ${words}`;
  } catch (error) {
    // The hub's own words, before it is closed.
    console.log(world.hub.log.split('\n').slice(-40).join('\n'));
    throw error;
  } finally {
    clearInterval(telling);
    world.end();
    await world.hub.close().catch((error: unknown) => console.log(`  not all was cleared away: ${error}`));
  }
}

async function hands(world: SoakWorld, until: number): Promise<void> {
  const hand = async () => {
    while (Date.now() < until && !world.ended) {
      const act = chooseAct(world);
      await act(world);
      await sleep(world.dice.between(50, 800));
    }
  };
  await Promise.all(Array.from({ length: HANDS }, hand));
}

/** Hub and proxy are ended now and then, gently or not, and stay away for a moment. */
async function endings(world: SoakWorld, until: number): Promise<void> {
  for (;;) {
    const pause = world.dice.between(8_000, 45_000);
    const signal = world.dice.one(['SIGTERM', 'SIGKILL'] as const);
    const who = world.dice.one(['hub', 'hub', 'proxy', 'both'] as const);
    const away = world.dice.between(0, 4_000);
    if (Date.now() + pause > until) return;
    await sleep(pause);
    world.count(`${who} ${signal}`);
    await world.goAway(async () => {
      if (who !== 'proxy') await world.hub.end(signal);
      if (who !== 'hub') await world.hub.proxy.restart(signal);
      if (who === 'proxy') return;
      await sleep(away);
      await world.hub.start();
    });
  }
}

/** Nothing is under way and everything agrees; what does not in the end is a fault. */
async function settled(world: SoakWorld, when: string): Promise<void> {
  const until = Date.now() + SETTLED_MS;
  let said = await disagreements(world);
  while (said.length > 0 && Date.now() < until) {
    await sleep(1_000);
    said = await disagreements(world);
  }
  for (const one of [...said, ...(await silent(world))]) world.fault(`${when}: ${one}`);
}

/** A hub that comes back to all of them changes nothing; then they are stopped, and nothing of them is left. */
async function restartAndClear(world: SoakWorld): Promise<void> {
  const ids = async () => (await world.hub.dock.containers()).map(({ Id }) => Id).toSorted();
  const before = await ids();
  await world.hub.end('SIGKILL');
  await world.hub.start();
  await settled(world, 'after the last restart');
  if ((await ids()).join() !== before.join()) world.fault('the last restart changed containers');
  const volumes = (await world.hub.dock.volumes()).toSorted().join();
  for (const { user, name } of (await readStore(world)).servers) {
    await world.call('DELETE', { user, name }, [202, 204]);
  }
  await settled(world, 'in the end');
  if ((await ids()).length > 0) world.fault('containers are left of servers that were stopped');
  if ((await world.hub.dock.volumes()).toSorted().join() !== volumes)
    world.fault('volumes went with servers');
}

/** What the hub itself calls an error. */
function errorsIn(log: string): readonly string[] {
  return log.split('\n').filter((line) => /"level":(50|60)|^\S*Error:|Warning: Possible/.test(line));
}

function sum(world: SoakWorld): string {
  const told = [...world.counts].toSorted(([a], [b]) => (a < b ? -1 : 1));
  return told.map(([what, times]) => `${what} ×${times}`).join(', ');
}

function tell(world: SoakWorld): void {
  console.log(`  ${new Date().toISOString().slice(11, 19)} ${sum(world)}`);
}
