import { type CullVerdict, judgeFromInside, judgeFromOutside } from '../domain/cull-policy.ts';
import type { NotebookStatus } from '../domain/ports.ts';
import { isActive, type Server, serverKey, serverPath } from '../domain/server.ts';
import type { CullSettings } from '../domain/settings.ts';
import { eachOf } from './each-of.ts';
import { noteActivity } from './note-activity.ts';
import type { SpawnPorts } from './spawn-ports.ts';
import type { StopServer } from './stop-server.ts';
import { makeWatchCpu } from './watch-cpu.ts';

/** What one look did. */
export interface CullReport {
  /** Servers that were ready. */
  readonly looked: number;
  /** Of them, asked themselves because the hub knew of no activity. */
  readonly asked: number;
  /** Keys of the servers that were stopped: `alice/`. */
  readonly stopped: readonly string[];
}

/** One look at all servers. Looks never overlap: who asks during one joins it. Never rejects. */
export type CullIdle = () => Promise<CullReport>;

/** How many servers are asked, and stopped, at once. */
const AT_ONCE = 10;

/**
 * Stops servers on which nothing has happened for `settings.timeout` seconds: no traffic through the proxy,
 * no report, no computing in the container, and, when asked, no executing kernel. The reason stays on the
 * record for the owner's home page.
 */
export function makeCullIdle(ports: SpawnPorts, stop: StopServer, settings: CullSettings): CullIdle {
  // How often each server did not answer, one look after the other.
  const silent = new Map<string, number>();
  const watchCpu = makeWatchCpu(ports);
  let lookedAt: number | null = null;
  let running: Promise<CullReport> | null = null;

  const look = async (): Promise<CullReport> => {
    const before = lookedAt ?? ports.clock.now() - settings.every * 1000;
    lookedAt = ports.clock.now();
    if (!(await noteTraffic(ports))) return { looked: 0, asked: 0, stopped: [] };
    const cores = await watchCpu(readyServers(ports).filter((one) => (one.lastActivity ?? 0) <= before));
    noteComputing(ports, cores, settings);
    const ready = readyServers(ports);
    const now = ports.clock.now();
    const idle = ready.filter((server) => judgeFromOutside(server, settings, now).act === 'ask');
    const still = new Set(idle.map(keyOf));
    for (const key of silent.keys()) if (!still.has(key)) silent.delete(key);
    const stopped: string[] = [];
    await eachOf(idle, AT_ONCE, async (server) => {
      const busy = cores.get(keyOf(server)) ?? null;
      if (await lookAt(ports, stop, settings, silent, server, busy)) stopped.push(keyOf(server));
    });
    return { looked: ready.length, asked: idle.length, stopped };
  };

  return () => {
    running ??= look().finally(() => {
      running = null;
    });
    return running;
  };
}

function readyServers(ports: SpawnPorts): Server[] {
  return [...ports.store.servers.values()].filter((server) => server.state === 'ready');
}

/** What computes is active at any time, not only when it is about to be stopped. */
function noteComputing(
  ports: SpawnPorts,
  cores: ReadonlyMap<string, number | null>,
  settings: CullSettings,
): void {
  const now = ports.clock.now();
  for (const server of readyServers(ports)) {
    if ((cores.get(keyOf(server)) ?? 0) > settings.busyCores) {
      noteActivity(ports, server.user, server.name, now);
    }
  }
}

/** Without the proxy's word nobody is stopped: whoever works through it would look idle. */
async function noteTraffic(ports: SpawnPorts): Promise<boolean> {
  try {
    for (const route of await ports.routes.list()) {
      if (route.user === null || route.lastActivity === null) continue;
      noteActivity(ports, route.user, route.server ?? '', route.lastActivity);
    }
    return true;
  } catch (error) {
    ports.log.warn({ error: String(error) }, 'nobody is culled: the proxy does not tell of its traffic');
    return false;
  }
}

/** Whether it was stopped. */
async function lookAt(
  ports: SpawnPorts,
  stop: StopServer,
  settings: CullSettings,
  silent: Map<string, number>,
  server: Server,
  cores: number | null,
): Promise<boolean> {
  const key = keyOf(server);
  try {
    const status = await askServer(ports, server);
    const looks = status === null ? (silent.get(key) ?? 0) + 1 : 0;
    silent.set(key, looks);
    const verdict = judgeAgain(ports, server, { status, silentLooks: looks, cores }, settings);
    if (verdict.act !== 'stop') return false;
    await stop({ user: server.user, server: server.name, why: 'idle', detail: verdict.detail });
    silent.delete(key);
    return true;
  } catch (error) {
    const where = { user: server.user, server: server.name };
    ports.log.warn({ ...where, error: String(error) }, 'an idle server is left for the next look');
    return false;
  }
}

/** With the record as it is by now: its owner may have come back, or started it anew, while it was asked. */
function judgeAgain(
  ports: SpawnPorts,
  asked: Server,
  witnesses: Parameters<typeof judgeFromInside>[1],
  settings: CullSettings,
): CullVerdict {
  const { status } = witnesses;
  const server = ports.store.servers.get(keyOf(asked));
  if (server === undefined || !isActive(server) || server.generation !== asked.generation) {
    return { act: 'keep' };
  }
  if (status?.lastActivity != null) noteActivity(ports, server.user, server.name, status.lastActivity);
  return judgeFromInside(server, witnesses, settings, ports.clock.now());
}

/** Its token is in the container's environment and nowhere else. */
async function askServer(ports: SpawnPorts, server: Server): Promise<NotebookStatus | null> {
  if (server.target === null || server.containerId === null) return null;
  const token = await ports.containers.readVariable(server.containerId, 'JUPYTERHUB_API_TOKEN');
  if (token === null) return null;
  const path = serverPath(ports.settings.baseUrl, server.user, server.name);
  return ports.notebook.status(server.target, path, token);
}

function keyOf(server: Server): string {
  return serverKey(server.user, server.name);
}
