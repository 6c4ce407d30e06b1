import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { loadConfiguration } from '../../../hub/src/config/load-configuration.ts';
import type { Log } from '../../../hub/src/domain/ports.ts';
import { fine } from '../../../hub/src/domain/probe.ts';
import { closeServer } from '../../../hub/src/http/listen.ts';
import { openDoors } from '../../../hub/src/main-doors.ts';
import { type ComposedHub, composeHub } from '../../../hub/src/main-hub.ts';
import type { MachineDesk } from '../../../hub/src/usecases/machine-desk.ts';
import { parseOptions } from '../../../proxy/src/options/parse-options.ts';
import { readSettings } from '../../../proxy/src/options/read-settings.ts';
import { type RunningProxy, startProxy } from '../../../proxy/src/proxy.ts';
import { encodePath } from '../../../proxy/src/routes/route-path.ts';
import { machine, toyCluster } from '../../support/toy-cluster.ts';

export const PASSWORD = 'fz0password0word';
const TOKEN = 'fz0control0token'.repeat(3);

/** A line of the hub's log or of the proxy's. */
export interface Said {
  readonly level: 'info' | 'warn' | 'error';
  readonly what: object;
  readonly message: string;
}

/**
 * The whole hub as main.ts composes it, with its three doors, behind a real proxy, in this process; there is no engine, so
 * that starts fail as they do when the engine is away.
 */
export interface FuzzHouse {
  readonly parts: ComposedHub;
  readonly proxy: RunningProxy;
  readonly token: string;
  /** `http://127.0.0.1:…`: through the proxy; the proxy's control API; what notebooks reach. */
  readonly origin: string;
  readonly control: string;
  readonly notebooks: string;
  readonly counterSocket: string;
  /** What was said since the last look. */
  said(): readonly Said[];
  /** Puts the hub's route back, and takes away those of a control message: whoever has the token may do as they like. */
  mend(): void;
  close(): Promise<void>;
}

export async function openFuzzHouse(): Promise<FuzzHouse> {
  const directory = await mkdtemp(join(tmpdir(), 'berth-fuzz-'));
  const lines: Said[] = [];
  const log = collectingLog(lines);
  const proxy = await startProxy(
    readSettings(
      parseOptions([
        '--ip=127.0.0.1',
        '--port=0',
        '--api-ip=127.0.0.1',
        '--api-port=0',
        '--trusted-proxies=192.0.2.77',
      ]),
      {
        CONFIGPROXY_AUTH_TOKEN: TOKEN,
      },
    ),
    pino(
      { level: 'error' },
      { write: (line: string) => void lines.push({ level: 'error', what: {}, message: line }) },
    ),
  );
  const settings = await settingsIn(directory, proxy.apiPort);
  const ending = new AbortController();
  const parts = await composeHub(settings, log, ending.signal);
  await parts.applyUserlist(new Map());
  await parts.configureServices();
  const reload = () => Promise.resolve({ kind: 'taken' as const, changed: [], waiting: [] });
  // Asked to end, it would end this process.
  const hub = { ...parts.hub, shutDown: () => {}, machines: machinesOf(parts, log) };
  const configuration = { reload, health: () => 'ok', finding: () => fine('nothing is in files') };
  const servers = await openDoors({ ...parts, hub }, settings, configuration);
  const [, notebooks, pages] = servers.map(portOf);
  const mend = (): void => {
    for (const path of Object.keys(proxy.context.routes.present())) {
      const isMade = path !== '/' && path !== '/user/app';
      // As the table shows it, it may be a path that no address can say: then it leads nobody anywhere.
      if (isMade) proxy.context.routes.remove(encodePath(path));
    }
    proxy.context.routes.add('/', { target: `http://127.0.0.1:${pages}`, hub: true, jupyterhub: true });
  };
  await parts.store.change((drafts) =>
    drafts.volumeHomes.put({ volume: 'left', machine: 'gone', machineName: 'gone', since: 1 }),
  );
  mend();
  return {
    parts,
    proxy,
    token: TOKEN,
    origin: `http://127.0.0.1:${proxy.publicPort}`,
    control: `http://127.0.0.1:${proxy.apiPort}`,
    notebooks: `http://127.0.0.1:${notebooks}`,
    counterSocket: settings.adminSocket,
    said: () => lines.splice(0),
    mend,
    async close() {
      ending.abort(new Error('the house closes'));
      await Promise.all(servers.map((server) => closeServer(server, 500)));
      await proxy.close();
      await parts.audit.close();
      await parts.store.close();
      await rm(directory, { recursive: true, force: true });
    },
  };
}

/** Two machines of a Swarm, and one that left it with somebody's files: else their doors answer 404 to everything. */
function machinesOf({ store, hub }: ComposedHub, log: Log): MachineDesk {
  const { book, desk } = toyCluster(hub.clock);
  book.noteMachines([machine('one', { manager: true }), machine('two')]);
  return desk({ store, clock: hub.clock, log });
}

async function settingsIn(directory: string, apiPort: number) {
  const place = (name: string): string => join(directory, name);
  await writeFile(place('proxy_auth_token'), TOKEN, { mode: 0o600 });
  await writeFile(place('cookie_secret'), 'c0'.repeat(32), { mode: 0o600 });
  const loaded = loadConfiguration({
    environment: {
      AUTHENTICATOR_CLASS: 'dummy',
      DUMMY_PASSWORD: PASSWORD,
      ALLOW_ALL: 'true',
      JUPYTERHUB_ADMIN: 'mary',
      NAMED_SERVER_LIMIT_PER_USER: '3',
      ENABLE_SIGNUP: 'true',
      BERTH_ADMIN_SOCKET: place('admin.sock'),
      CONFIGPROXY_API_URL: `http://127.0.0.1:${apiPort}`,
      CONFIGPROXY_AUTH_TOKEN_FILE: place('proxy_auth_token'),
      COOKIE_SECRET_FILE: place('cookie_secret'),
      DATA_DIR: directory,
      DOCKER_SOCKET: place('no-engine.sock'),
      HUB_API_BIND: 'http://127.0.0.1:0',
      HUB_BIND: 'http://127.0.0.1:0',
      HUB_CONNECT_URL: 'http://127.0.0.1:9',
    },
  });
  if ('faults' in loaded) throw new Error(JSON.stringify(loaded.faults));
  return loaded.settings;
}

function collectingLog(lines: Said[]): Log {
  const at = (level: Said['level']) => (what: object, message: string) =>
    void lines.push({ level, what, message });
  return { info: at('info'), warn: at('warn'), error: at('error') };
}

function portOf(server: Server): number {
  const address = server.address();
  return typeof address === 'object' && address !== null ? (address as AddressInfo).port : 0;
}
