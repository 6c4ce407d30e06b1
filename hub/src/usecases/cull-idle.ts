import { type CullVerdict, judgeFromOutside, personalSince } from '../domain/cull-policy.ts';
import type { CullPolicy, CullSettings } from '../domain/cull-settings.ts';
import { type Server, serverKey } from '../domain/server.ts';
import { makeAskKernels } from './ask-kernels.ts';
import { askNotebook } from './ask-notebook.ts';
import { type CanFreeze, makeCanFreeze } from './can-freeze.ts';
import { eachOf } from './each-of.ts';
import type { FreezeServer } from './freeze-server.ts';
import { type InsideLook, judgeInside } from './judge-inside.ts';
import type { KernelBook } from './kernel-book.ts';
import { noteActivity } from './note-activity.ts';
import { noteTraffic } from './note-traffic.ts';
import { openServers } from './open-servers.ts';
import type { RemoveServer } from './remove-server.ts';
import { serverPolicy } from './server-policy.ts';
import type { SpawnPorts } from './spawn-ports.ts';
import type { StopServer } from './stop-server.ts';
import type { WakeServer } from './wake-server.ts';
import { makeWatchCpu } from './watch-cpu.ts';

/** What one look did. */
export interface CullReport {
  /** Servers that were ready or asleep. */
  readonly looked: number;
  /** Of them, asked themselves because the hub knew of no activity. */
  readonly asked: number;
  /** Keys of the servers that were stopped, and put to sleep: `alice/`. */
  readonly stopped: readonly string[];
  readonly frozen: readonly string[];
}

/** One look at all servers. Looks never overlap: who asks during one joins it. Never rejects. */
export type CullIdle = () => Promise<CullReport>;

/** What a look may do to a server. */
export interface CullVerbs {
  readonly stop: StopServer;
  readonly freeze: FreezeServer;
  readonly wake: WakeServer;
  readonly removeServer: RemoveServer;
}

interface Look extends InsideLook {
  readonly settings: CullSettings;
  readonly verbs: CullVerbs;
  /** How often each server did not answer, one look after the other. */
  readonly silent: Map<string, number>;
  readonly stopped: string[];
  readonly frozen: string[];
}

/**
 * Puts to sleep and stops servers on which nothing has happened for as long as their policy says: no traffic
 * through the proxy, no report, no computing in the container, and, when asked, no executing kernel. The reason
 * stays on the record for the owner's home page. `book`: what is heard of kernels, for the dry run, too.
 */
export function makeCullIdle(
  ports: SpawnPorts,
  verbs: CullVerbs,
  settings: CullSettings,
  book: KernelBook,
): CullIdle {
  const silent = new Map<string, number>();
  const watchCpu = makeWatchCpu(ports);
  const canFreeze = makeCanFreeze(ports);
  const askKernels = makeAskKernels(ports, book);
  let lookedAt: number | null = null;
  let running: Promise<CullReport> | null = null;

  const look = async (): Promise<CullReport> => {
    const before = lookedAt ?? ports.clock.now() - settings.every * 1000;
    lookedAt = ports.clock.now();
    const traffic = await noteTraffic(ports);
    if (traffic === null) return { looked: 0, asked: 0, stopped: [], frozen: [] };
    const quiet = openServers(ports.store).filter(
      (one) => one.state === 'ready' && personalSince(one) <= before,
    );
    const cores = ports.containers.abilities.usage ? await watchCpu(quiet) : new Map<string, number | null>();
    noteComputing(ports, cores, settings);
    const open = openServers(ports.store);
    const policies = await policiesOf(ports, settings, canFreeze, open);
    const now = ports.clock.now();
    const due = open.flatMap((server) => {
      const policy = policies.get(keyOf(server));
      if (policy === undefined) return [];
      const verdict = judgeFromOutside(server, policy, settings, now);
      return verdict.act === 'keep' ? [] : [{ server, policy, verdict }];
    });
    const asked = due.filter(({ verdict }) => verdict.act === 'ask');
    const still = new Set(asked.map(({ server }) => keyOf(server)));
    for (const key of silent.keys()) if (!still.has(key)) silent.delete(key);
    book.forget(open, still);
    const heard = { book, askKernels, traffic, silent };
    const done: Look = { ports, verbs, settings, ...heard, stopped: [], frozen: [] };
    await eachOf(due, settings.concurrency, ({ server, policy, verdict }) =>
      lookAt(done, server, policy, verdict, cores.get(keyOf(server)) ?? null),
    );
    return { looked: open.length, asked: asked.length, stopped: done.stopped, frozen: done.frozen };
  };

  return () => {
    running ??= look().finally(() => {
      running = null;
    });
    return running;
  };
}

/** Of each server, without sleep where nobody can. */
async function policiesOf(
  ports: SpawnPorts,
  settings: CullSettings,
  canFreeze: CanFreeze,
  servers: readonly Server[],
): Promise<ReadonlyMap<string, CullPolicy>> {
  const policies = new Map(servers.map((one) => [keyOf(one), serverPolicy(ports, settings, one)]));
  if (await canFreeze(policies.values())) return policies;
  return new Map([...policies].map(([key, policy]) => [key, { ...policy, freezeTimeout: null }]));
}

/** What computes is active at any time, not only when it is about to be stopped: somebody wanted it. */
function noteComputing(
  ports: SpawnPorts,
  cores: ReadonlyMap<string, number | null>,
  settings: CullSettings,
): void {
  const now = ports.clock.now();
  for (const server of openServers(ports.store)) {
    if ((cores.get(keyOf(server)) ?? 0) > settings.busyCores) {
      noteActivity(ports, server.user, server.name, now, 'person');
    }
  }
}

async function lookAt(
  look: Look,
  server: Server,
  policy: CullPolicy,
  outside: CullVerdict,
  cores: number | null,
): Promise<void> {
  const { ports, silent } = look;
  const key = keyOf(server);
  try {
    const askedAt = ports.clock.now();
    let verdict = judgeSleeper(look, server, policy, outside);
    if (mustWake(look, server, verdict)) return await wakeToAsk(look, server);
    if (verdict.act === 'ask') {
      const status = await askNotebook(ports, server);
      const looks = status === null ? (silent.get(key) ?? 0) + 1 : 0;
      silent.set(key, looks);
      const unmeasured = !ports.containers.abilities.usage;
      verdict = await judgeInside(look, server, policy, { status, silentLooks: looks, cores, unmeasured });
    }
    if (verdict.act === 'stop') await stop(look, server, verdict);
    if (verdict.act === 'freeze' && (await look.verbs.freeze(server, askedAt)) === 'frozen') {
      look.frozen.push(key);
    }
    if (verdict.act === 'stop' || verdict.act === 'freeze') silent.delete(key);
  } catch (error) {
    const where = { user: server.user, server: server.name };
    ports.log.warn({ ...where, error: String(error) }, 'an idle server is left for the next look');
  }
}

/** Nobody is stopped whose kernels were not asked, and who sleeps cannot be. */
function mustWake({ book }: Look, server: Server, verdict: CullVerdict): boolean {
  if (server.state !== 'frozen' || verdict.act !== 'stop' || verdict.why !== 'idle') return false;
  return !book.sleepsAsked(server);
}

/** It is looked at as any other from then on, and asked whatever a page loses by it: it was about to lose everything. */
async function wakeToAsk({ ports, verbs, book }: Look, server: Server): Promise<void> {
  book.of(server).wokenAt = ports.clock.now();
  await verbs.wake(server);
  const where = { user: server.user, server: server.name };
  ports.log.info(where, 'woken instead of stopped: its kernels were not asked before it was put to sleep');
}

/** What is stopped without being asked: its owner may have come back since the look began, or be just coming. */
function judgeSleeper(
  { ports, settings }: Look,
  seen: Server,
  policy: CullPolicy,
  outside: CullVerdict,
): CullVerdict {
  if (outside.act !== 'stop') return outside;
  const server = ports.store.servers.get(keyOf(seen));
  const free = ports.lives.get(seen.user, seen.name) === undefined;
  if (!free || server?.generation !== seen.generation || server.state !== seen.state) {
    return { act: 'keep', why: 'in use' };
  }
  return judgeFromOutside(server, policy, settings, ports.clock.now());
}

async function stop(
  { verbs, settings, stopped }: Look,
  { user, name }: Server,
  { why, detail }: Extract<CullVerdict, { act: 'stop' }>,
): Promise<void> {
  await verbs.stop({ user, server: name, why, detail });
  stopped.push(serverKey(user, name));
  if (name !== '' && settings.removeNamedServers) await verbs.removeServer({ user, server: name });
}

function keyOf(server: Server): string {
  return serverKey(server.user, server.name);
}
