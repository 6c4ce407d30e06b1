import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Engine } from '../../../hub/src/adapters/docker/engine.ts';
import { readOwnMachine } from '../../../hub/src/adapters/docker/swarm/own-machine.ts';
import { makeSwarmContainers } from '../../../hub/src/adapters/docker/swarm/swarm-containers.ts';
import { systemClock } from '../../../hub/src/adapters/system/clock.ts';
import { makeSealer } from '../../../hub/src/adapters/system/sealer.ts';
import { loadSettings } from '../../../hub/src/config/load-settings.ts';
import type { Settings } from '../../../hub/src/config/settings.ts';
import type { Containers } from '../../../hub/src/domain/containers.ts';
import type { Log } from '../../../hub/src/domain/ports.ts';
import type { Server } from '../../../hub/src/domain/server.ts';
import type { SpawnSettings } from '../../../hub/src/domain/settings.ts';
import { newUser } from '../../../hub/src/domain/user.ts';
import { composeMachines } from '../../../hub/src/main-cluster.ts';
import { MachineBook, withBook } from '../../../hub/src/usecases/machine-book.ts';
import type { MachineDesk } from '../../../hub/src/usecases/machine-desk.ts';
import { makeNoteContainerEvent } from '../../../hub/src/usecases/note-container-event.ts';
import { makeReconcile } from '../../../hub/src/usecases/reconcile.ts';
import type { SpawnPorts } from '../../../hub/src/usecases/spawn-ports.ts';
import { makeStartServer } from '../../../hub/src/usecases/start-server.ts';
import { makeStopServer } from '../../../hub/src/usecases/stop-server.ts';
import { Turns } from '../../../hub/src/usecases/turns.ts';
import { SPAWN_SETTINGS } from '../../../hub/test/spawn-settings.ts';
import type { LabDoor } from '../../support/lab-door.ts';
import type { LabMachine } from '../../support/lab-machine.ts';
import { type SwarmLab, startSwarmLab } from '../../support/swarm-lab.ts';
import { openParts } from '../open-parts.ts';
import { type RunningProxy, startProxy } from '../running-proxy.ts';
import { answering, IMAGE } from '../spawn-house.ts';

const NETWORK = 'notebooks';
const MiB = 2 ** 20;

export interface SwarmHouseOptions {
  /** In all names of the lab. */
  readonly word: string;
  /** Whether files can be reached from every machine; then they lie in one folder that all machines share. */
  readonly movable?: boolean;
  /** Seconds between a machine's closing and the end of its servers. */
  readonly drainGrace?: number;
  readonly settings?: Partial<SpawnSettings>;
}

/** A hub's use cases on a real Swarm, a real proxy and a real store; people are in it by their names alone. */
export class SwarmHouse {
  readonly lab: SwarmLab;
  readonly ports: SpawnPorts;
  readonly desk: MachineDesk;
  readonly proxy: RunningProxy;
  readonly start: ReturnType<typeof makeStartServer>;
  readonly stop: ReturnType<typeof makeStopServer>;
  readonly reconcile: () => Promise<unknown>;
  readonly warnings: readonly string[];
  /** What a profile of theirs would change, by person. */
  readonly plans: Record<string, Partial<SpawnSettings>>;
  readonly #end: () => Promise<void>;

  private constructor(parts: {
    readonly lab: SwarmLab;
    readonly proxy: RunningProxy;
    readonly directory: string;
    readonly door: LabDoor;
    readonly options: SwarmHouseOptions;
    readonly opened: SpawnPorts;
    readonly plans: Record<string, Partial<SpawnSettings>>;
    readonly warnings: string[];
    readonly given: { readonly engine: Engine; readonly swarm: Containers };
  }) {
    const { lab, proxy, directory, door, options, opened, plans, warnings, given } = parts;
    this.lab = lab;
    this.proxy = proxy;
    this.plans = plans;
    this.warnings = warnings;
    const { engine, swarm } = given;
    const book = new MachineBook(systemClock);
    const { settings } = opened;
    const plan = ({ user }: { readonly user: string }) => ({ ...settings, ...plans[user] });
    this.ports = {
      ...opened,
      containers: withBook(swarm, book),
      plan: Object.assign(plan, { check: opened.plan.check, offer: opened.plan.offer }),
      cluster: {
        movable: options.movable ?? false,
        book,
        turns: new Turns(),
        ownMachine: () => readOwnMachine(engine),
      },
    };
    this.start = makeStartServer(this.ports);
    this.stop = makeStopServer(this.ports);
    const watching = new AbortController();
    const now = () => ({ ...defaults(), drainGrace: options.drainGrace ?? 0 });
    const machines = composeMachines(
      this.ports,
      { startServer: this.start, stopServer: this.stop },
      now,
      watching.signal,
    );
    if (machines.desk === null) throw new Error('a house with many machines has a desk for them');
    this.desk = machines.desk;
    const look = machines.after(makeReconcile(this.ports));
    this.reconcile = look;
    const note = machines.alsoNote(makeNoteContainerEvent(this.ports, look));
    this.ports.containers.watch((event) => void note(event), watching.signal);
    this.#end = async () => {
      watching.abort();
      await this.ports.lives.quiet(AbortSignal.timeout(30_000));
      await this.ports.store.close();
      await proxy.close();
      await door.remove();
      await lab.remove();
      await rm(directory, { recursive: true, force: true });
    };
  }

  static async open(options: SwarmHouseOptions): Promise<SwarmHouse> {
    const lab = await startSwarmLab({ word: options.word, images: [IMAGE] });
    try {
      await lab.overlay(NETWORK);
      const door = await lab.door(NETWORK, IMAGE);
      const directory = await mkdtemp(join(tmpdir(), 'berth-swarm-'));
      const proxy = await startProxy();
      const warnings: string[] = [];
      const keep = (what: unknown, words: string) => {
        warnings.push(`${words} ${JSON.stringify(what)}`);
      };
      const log: Log = { info: () => {}, warn: keep, error: keep };
      const settings = settingsOf(options);
      const at = { directory, door: proxy.door, settings, socket: lab.manager.socket };
      const engine = new Engine(lab.manager.socket);
      const { instance, stopGraceSeconds } = settings;
      const sealer = makeSealer([Buffer.alloc(32, 5)]);
      const swarm = makeSwarmContainers(engine, {
        ...{ instance, log, sealer, sealerLasts: true, stopGraceSeconds },
      });
      const line = { starts: 50, elastic: true, host: () => swarm.host() };
      const opened = await openParts({ ...at, line }, log);
      const house = new SwarmHouse({
        ...{ lab, proxy, directory, door, options, opened, warnings, given: { engine, swarm } },
        plans: {},
      });
      await house.reconcile();
      return house;
    } catch (error) {
      await lab.remove();
      throw error;
    }
  }

  get store() {
    return this.ports.store;
  }

  close(): Promise<void> {
    return this.#end();
  }

  async addPeople(...names: readonly string[]): Promise<void> {
    await this.store.change((drafts) => {
      for (const name of names) drafts.users.put(newUser(name, 0));
    });
  }

  server(user: string, name = ''): Server {
    const found = this.store.servers.get(`${user}/${name}`);
    if (found === undefined) throw new Error(`there is no server ${user}/${name}`);
    return found;
  }

  /** Presses Start; resolves when it is queued. */
  wish(user: string, name = ''): Promise<Server> {
    return this.start({ user, server: name, options: {}, by: user });
  }

  async startAndWait(user: string, name = ''): Promise<Server> {
    await this.wish(user, name);
    return this.reaches(['ready', 'failed'], user, name);
  }

  stopAsUser(user: string): Promise<Server> {
    return this.stop({ user, server: '', why: 'user', detail: 'stopped by you' });
  }

  reaches(states: readonly string[], user: string, name = ''): Promise<Server> {
    return this.becomes(user, (server) => states.includes(server.state), name);
  }

  /** Resolves when the record is like that. @throws Error with the record after a minute and a half. */
  async becomes(user: string, is: (server: Server) => boolean, name = ''): Promise<Server> {
    const until = Date.now() + 90_000;
    for (;;) {
      const server = this.server(user, name);
      if (is(server)) return server;
      if (Date.now() > until) {
        throw new Error(`${user} is ${JSON.stringify(server)}\n${this.warnings.join('\n')}`);
      }
      await systemClock.sleep(100);
    }
  }

  /** The machine on which somebody's container runs, as the machines' own engines see it. */
  async machineOf(user: string): Promise<LabMachine | null> {
    for (const machine of this.lab.machines) {
      const found = machine.pid === 0 ? '' : await this.containerOn(machine, user);
      if (found !== '') return machine;
    }
    return null;
  }

  containerOn(machine: LabMachine, user: string): Promise<string> {
    return machine.docker('ps', '-q', '--filter', `name=jupyter-${user}\\.`);
  }

  /** Runs a shell line in somebody's container. */
  async inside(user: string, line: string): Promise<string> {
    const machine = await this.machineOf(user);
    if (machine === null) throw new Error(`${user} runs nowhere`);
    return machine.docker('exec', await this.containerOn(machine, user), 'sh', '-c', line);
  }

  /** Through the proxy, as a browser comes. */
  async visit(user: string): Promise<string> {
    const answer = await fetch(`${this.proxy.url}/user/${user}/api`);
    return answer.ok ? (await answer.text()).trim() : `${answer.status}`;
  }

  other(machine: LabMachine): LabMachine {
    const found = this.lab.machines.find((one) => one !== machine);
    if (found === undefined) throw new Error('a lab has two machines');
    return found;
  }
}

function defaults(): Settings {
  const loaded = loadSettings({ SPAWNER: 'swarm' });
  if ('faults' in loaded) throw new Error(JSON.stringify(loaded.faults));
  return loaded.settings;
}

function settingsOf({ word, movable = false, settings = {} }: SwarmHouseOptions): SpawnSettings {
  const shared = `/var/tmp/berth-lab-${word}`;
  return {
    ...SPAWN_SETTINGS,
    image: IMAGE,
    command: answering,
    network: NETWORK,
    volumeTemplate: `${word}-{username}`,
    memory: 64 * MiB,
    cpus: 1,
    pids: 64,
    shmSize: null,
    baseUrl: '/',
    hubApiUrl: 'http://192.0.2.1:8081/hub/api',
    publicOrigin: '',
    instance: word,
    stopGraceSeconds: 2,
    pullTimeout: 60_000,
    cluster: {
      constraints: [],
      spread: [],
      resources: {},
      gpuResource: 'gpu',
      movable,
      // All machines of a lab are on one disk: what a file server is elsewhere.
      ...(movable ? { driver: { name: 'local', options: { type: 'none', o: 'bind', device: shared } } } : {}),
    },
    ...settings,
  };
}
