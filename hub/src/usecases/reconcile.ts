import type { ContainerView } from '../domain/containers.ts';
import type { Route } from '../domain/ports.ts';
import { Problem } from '../domain/problem.ts';
import { planRepairs, type Repair } from '../domain/repair-plan.ts';
import { applyRepair } from './apply-repair.ts';
import { eachOf } from './each-of.ts';
import { noteActivity } from './note-activity.ts';
import { mayEnter } from './open-route.ts';
import type { SpawnPorts } from './spawn-ports.ts';

/** Repairs at once: a hub that comes back to hundreds of servers must not storm engine and proxy. */
const AT_ONCE = 16;

/** What a look did; `problem` when engine or proxy did not answer: then nothing was done. */
export interface ReconcileReport {
  readonly repairs: readonly Repair['act'][];
  readonly problem: Problem | null;
}

/**
 * Brings engine, routes and store to agree: at boot, each minute, after a gap in the engine's events and after
 * a change of the userlist.
 * Notes the proxy's activity on the way. Never touches a container or a route that is not this hub's.
 *
 * Two looks never overlap: who asks during one gets another one after it. Never rejects.
 */
export type Reconcile = () => Promise<ReconcileReport>;

export function makeReconcile(ports: SpawnPorts): Reconcile {
  let running: Promise<ReconcileReport> | null = null;
  let next: Promise<ReconcileReport> | null = null;

  const begin = (): Promise<ReconcileReport> => {
    running = look(ports).finally(() => {
      running = null;
    });
    return running;
  };

  const reconcile: Reconcile = () => {
    if (running === null) return begin();
    next ??= running.then(() => {
      next = null;
      return begin();
    });
    return next;
  };
  // Who comes back to the list within the grace finds the way to their server open again.
  ports.facts.listen((fact) => {
    if (fact.kind === 'userlist-changed') void reconcile();
  });
  return reconcile;
}

async function look(ports: SpawnPorts): Promise<ReconcileReport> {
  let containers: readonly ContainerView[];
  let routes: readonly Route[];
  try {
    [containers, routes] = await Promise.all([
      ports.containers.list(ports.settings.network),
      ports.routes.list(),
    ]);
  } catch (error) {
    const problem = error instanceof Problem ? error : new Problem('SPAWN-199', { detail: String(error) });
    ports.log.warn({ problem: problem.code, detail: problem.message }, 'nothing could be looked after');
    return { repairs: [], problem };
  }
  for (const route of routes) {
    if (route.user === null || route.lastActivity === null) continue;
    noteActivity(ports, route.user, route.server ?? '', route.lastActivity);
    noteActivity(ports, route.user, route.server ?? '', route.lastPersonal ?? route.lastActivity, 'person');
  }
  const sight = {
    servers: ports.store.servers.values(),
    containers,
    routes,
    isBusy: (user: string, server: string) => ports.lives.get(user, server) !== undefined,
    mayEnter: (user: string) => mayEnter(ports, user),
    canSleep: await canSleep(ports, containers),
  };
  const plan = planRepairs(sight, ports.settings);
  await eachOf(plan, AT_ONCE, (repair) => applyGuarded(ports, repair));
  if (plan.length > 0) ports.log.info({ repairs: plan.map((repair) => repair.act) }, 'put right');
  return { repairs: plan.map((repair) => repair.act), problem: null };
}

/** Asked only when something sleeps; a proxy that does not answer is not taken for one that cannot. */
async function canSleep({ sleepers }: SpawnPorts, containers: readonly ContainerView[]): Promise<boolean> {
  if (!containers.some(({ paused }) => paused)) return true;
  return sleepers.canSleep().catch(() => true);
}

/** One server that cannot be put right must not keep the others from it. */
async function applyGuarded(ports: SpawnPorts, repair: Repair): Promise<void> {
  try {
    await applyRepair(ports, repair);
  } catch (error) {
    ports.log.warn({ repair: repair.act, error: String(error) }, 'a repair is left for the next look');
  }
}
