import { type CullVerdict, judgeFromOutside } from '../domain/cull-policy.ts';
import type { CullPolicy, CullSettings } from '../domain/cull-settings.ts';
import { type Server, serverKey } from '../domain/server.ts';
import type { Store } from '../domain/store.ts';
import { makeAskKernels } from './ask-kernels.ts';
import { askNotebook } from './ask-notebook.ts';
import { coresNow } from './cores-now.ts';
import { eachOf } from './each-of.ts';
import { type InsideLook, judgeInside } from './judge-inside.ts';
import type { KernelBook } from './kernel-book.ts';
import { noteTraffic } from './note-traffic.ts';
import { openServers } from './open-servers.ts';
import type { SpawnPorts } from './spawn-ports.ts';
import type { StopServer } from './stop-server.ts';

/** What somebody has used within this is not stopped at the end of a class. */
export const IN_USE_MS = 10 * 60_000;
const POLICY: CullPolicy = { timeout: IN_USE_MS / 1000, freezeTimeout: null, maxAge: null };
/** Servers judged, and stopped, at once. */
const AT_ONCE = 10;

/** What came of the end of a class. */
export interface ClassEnd {
  readonly stopped: number;
  /** How many go on, by the reason. */
  readonly left: ReadonlyMap<string, number>;
}

/**
 * Stops what the schedule of this name started, and nobody has used for ten minutes, by the culler's own rules: what its
 * owner keeps, what computes and what executes goes on, and so does what does not say. Each is judged when its turn comes.
 * Null: the proxy does not tell of its traffic, and nothing was done.
 */
export type EndClass = (schedule: string) => Promise<ClassEnd | null>;

export interface ClassParts {
  readonly stopServer: StopServer;
  readonly settings: Pick<CullSettings, 'busyCores'>;
  /** The culler's: it knows who was asked before they fell asleep. */
  readonly book: KernelBook;
  /** For how many milliseconds nobody has set the machine's clock. */
  readonly undisturbed: () => number;
}

interface Ending extends ClassParts {
  readonly schedule: string;
  readonly look: InsideLook;
}

export function makeEndClass(ports: SpawnPorts, parts: ClassParts): EndClass {
  const askKernels = makeAskKernels(ports, parts.book);

  return async (schedule) => {
    const traffic = await noteTraffic(ports);
    if (traffic === null) return null;
    const own = openServersOf(ports.store, schedule);
    const settings = { activity: 'person', busyCores: parts.settings.busyCores } as const;
    const look: InsideLook = { ports, settings, book: parts.book, askKernels, traffic };
    const ending: Ending = { ...parts, schedule, look };
    const cores = await coresNow(
      ports,
      own.filter((server) => judgeByRecord(look, server).act === 'ask'),
    );
    let stopped = 0;
    const left = new Map<string, number>();
    await eachOf(own, AT_ONCE, async (server) => {
      const why = await endOne(ending, server, cores.get(serverKey(server.user, server.name)) ?? null);
      if (why === null) stopped += 1;
      else left.set(why, (left.get(why) ?? 0) + 1);
    });
    return { stopped, left };
  };
}

/** What a schedule started, and still runs or sleeps. */
export function openServersOf(store: Store, schedule: string): readonly Server[] {
  return openServers(store).filter((server) => server.schedule === schedule);
}

/** Why it goes on; null when it was stopped. */
async function endOne(ending: Ending, server: Server, cores: number | null): Promise<string | null> {
  const { schedule, stopServer, undisturbed } = ending;
  const { user, name } = server;
  try {
    const verdict = await judge(ending.look, server, cores);
    if (verdict.act !== 'stop') return verdict.act === 'keep' ? verdict.why : 'in use';
    // Set while the others were stopped, it makes everybody look idle.
    if (undisturbed() < IN_USE_MS) return 'the clock was set';
    await stopServer({ user, server: name, why: 'schedule', detail: schedule });
    return null;
  } catch (error) {
    const where = { schedule, user, server: name };
    ending.look.ports.log.warn(
      { ...where, error: String(error) },
      'left to the culler at the end of a class',
    );
    return 'it could not be asked or stopped';
  }
}

/** Minutes may have gone by since the end began: record and traffic are read again, the notebook and its kernels asked. */
async function judge(look: InsideLook, server: Server, cores: number | null): Promise<CullVerdict> {
  const before = judgeByRecord(look, server);
  if (before.act === 'keep') return before;
  const status = before.act === 'ask' ? await askNotebook(look.ports, server) : null;
  if ((await noteTraffic(look.ports)) === null) {
    return { act: 'keep', why: 'the proxy does not tell of its traffic' };
  }
  const outside = judgeByRecord(look, server);
  if (outside.act !== 'ask') return outside;
  // Who does not answer counts as asked once: the culler asks again.
  const unmeasured = !look.ports.containers.abilities.usage;
  return judgeInside(look, server, POLICY, { status, silentLooks: 0, cores, unmeasured });
}

/** Without asking it. Who sleeps is stopped only if its kernels were asked before: the culler wakes the others. */
function judgeByRecord({ ports, settings, book }: InsideLook, seen: Server): CullVerdict {
  const server = ports.store.servers.get(serverKey(seen.user, seen.name));
  const free = ports.lives.get(seen.user, seen.name) === undefined;
  if (!free || server?.generation !== seen.generation || server.state !== seen.state) {
    return { act: 'keep', why: 'it was stopped, started or woken meanwhile' };
  }
  const verdict = judgeFromOutside(server, POLICY, settings, ports.clock.now());
  if (verdict.act === 'stop' && !book.sleepsAsked(server)) {
    return { act: 'keep', why: 'it sleeps, and its kernels were not asked' };
  }
  return verdict;
}
