import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { EngineDeadlines } from '../../hub/src/adapters/docker/engine.ts';
import type { GateMenu } from '../../hub/src/adapters/docker/gate/policy.ts';
import { systemClock } from '../../hub/src/adapters/system/clock.ts';
import type { Log } from '../../hub/src/domain/ports.ts';
import type { ServerState } from '../../hub/src/domain/server.ts';
import type { SpawnSettings } from '../../hub/src/domain/settings.ts';
import type { LineLimits } from '../../hub/src/domain/start-line.ts';
import { newUser } from '../../hub/src/domain/user.ts';
import { makeFollowSpawn } from '../../hub/src/usecases/follow-spawn.ts';
import { holdRoom } from '../../hub/src/usecases/hold-room.ts';
import { makeNoteContainerEvent } from '../../hub/src/usecases/note-container-event.ts';
import { makeReconcile } from '../../hub/src/usecases/reconcile.ts';
import type { SpawnPorts } from '../../hub/src/usecases/spawn-ports.ts';
import { makeStartServer } from '../../hub/src/usecases/start-server.ts';
import { makeStopServer } from '../../hub/src/usecases/stop-server.ts';
import { Dock } from './dock.ts';
import { openParts, type Whereabouts } from './open-parts.ts';
import { type RunningProxy, startProxy } from './running-proxy.ts';
import { openGate, type TestGate, THROUGH_GATE } from './test-gate.ts';

/** A small web server in the image's own perl: answers every path with 200 and its environment's user. */
const ANSWER = `
use IO::Socket::INET; $| = 1; print "listening\\n";
my $door = IO::Socket::INET->new(LocalPort => 8888, Listen => 50, ReuseAddr => 1) or die $!;
while (my $guest = $door->accept) {
  my $line = <$guest>; while (<$guest>) { last if /^\\r?\\n$/ }
  my $body = "I am $ENV{JUPYTERHUB_USER}\\n";
  print $guest "HTTP/1.1 200 OK\\r\\nConnection: close\\r\\nContent-Length: " . length($body) . "\\r\\n\\r\\n$body";
  close $guest;
}`;

export const IMAGE = 'debian:trixie-slim';
export const answering = ['perl', '-e', ANSWER];
export const shell = (script: string): readonly string[] => ['sh', '-c', script];

export interface HouseOptions {
  readonly settings?: Partial<SpawnSettings>;
  /** Of the engine the hub talks to, when it is not the real one's. */
  readonly socket?: string;
  readonly deadlines?: EngineDeadlines;
  /** Starts at once, two unless told, and what else limits them. */
  readonly line?: Partial<LineLimits>;
}

/** All real parts of a server's life in one process: engine, proxy, store on disk. */
export class House {
  readonly dock: Dock;
  readonly proxy: RunningProxy;
  readonly directory: string;
  readonly settings: SpawnSettings;
  /** People of this house only: container names are made from theirs, and others use this engine too. */
  readonly alice: string;
  readonly bob: string;
  readonly warnings: string[] = [];
  /** By `alice` and `bob`: what a profile of theirs would change. May be changed before a start. */
  plans: Readonly<Record<string, Partial<SpawnSettings>>> = {};
  ports!: SpawnPorts;
  start!: ReturnType<typeof makeStartServer>;
  stop!: ReturnType<typeof makeStopServer>;
  follow!: ReturnType<typeof makeFollowSpawn>;
  note!: ReturnType<typeof makeNoteContainerEvent>;
  reconcile!: ReturnType<typeof makeReconcile>;
  readonly #options: HouseOptions;
  #watching = new AbortController();
  /** With `ENGINE_GATE=1` the hub asks the engine through a gate that has this house's settings. */
  #gate: TestGate | undefined;
  /** What the last boot was told. */
  #booted: Partial<SpawnSettings> = {};

  private constructor(dock: Dock, proxy: RunningProxy, directory: string, options: HouseOptions) {
    this.dock = dock;
    this.alice = `alice-${dock.word}`;
    this.bob = `bob.${dock.word}`;
    this.proxy = proxy;
    this.directory = directory;
    this.#options = options;
    this.settings = {
      image: IMAGE,
      command: answering,
      notebookDir: '/home/jovyan/work',
      volumeDir: '/home/jovyan/work',
      network: dock.name,
      volumeTemplate: `${dock.name}-{username}`,
      defaultUrl: '/lab',
      port: 8888,
      memory: 128 * 1024 * 1024,
      cpus: 1,
      memoryGuarantee: 0,
      cpuGuarantee: 0,
      gpus: 0,
      pids: 128,
      pullPolicy: 'ifnotpresent',
      args: [],
      environment: {},
      uid: null,
      gid: null,
      groups: [],
      mounts: [],
      devices: [],
      shmSize: null,
      ulimits: [],
      dns: [],
      extraHosts: [],
      pullTimeout: 20_000,
      startTimeout: 20_000,
      httpTimeout: 20_000,
      stopGraceSeconds: 5,
      hubApiUrl: 'http://hub:8081/hub/api',
      baseUrl: '/',
      publicOrigin: '',
      instance: dock.name,
      ...options.settings,
    };
  }

  static async open(options: HouseOptions = {}): Promise<House> {
    const dock = await Dock.open();
    const directory = await mkdtemp(join(tmpdir(), 'berth-spawn-'));
    const house = new House(dock, await startProxy(), directory, options);
    if (THROUGH_GATE && options.socket === undefined) house.#gate = await openGate(() => house.#menu());
    await house.boot();
    await house.store.change((drafts) => {
      for (const name of [house.alice, house.bob]) drafts.users.put(newUser(name, 0));
    });
    return house;
  }

  get store() {
    return this.ports.store;
  }

  /** Builds the parts anew on the same disk, engine and proxy: what a restarted hub does. */
  async boot(
    settings: Partial<SpawnSettings> = {},
    socket = this.#options.socket ?? this.#gate?.socket,
  ): Promise<void> {
    this.#booted = settings;
    const parts = await openParts({ ...this.#at(settings), socket }, this.#log());
    const own = (user: string) => this.plans[user === this.alice ? 'alice' : 'bob'] ?? {};
    const plan = ({ user }: { user: string }) => ({ ...parts.settings, ...own(user) });
    this.ports = {
      ...parts,
      plan: Object.assign(plan, { check: parts.plan.check, offer: parts.plan.offer }),
    };
    this.start = makeStartServer(this.ports);
    this.stop = makeStopServer(this.ports);
    this.follow = makeFollowSpawn(this.ports);
    this.reconcile = makeReconcile(this.ports);
    this.note = makeNoteContainerEvent(this.ports, this.reconcile);
    const { containers } = this.ports;
    holdRoom(this.ports);
    this.#watching = new AbortController();
    containers.watch((event) => void this.note(event), this.#watching.signal);
  }

  /** Another process is the hub for a while, and is killed (SIGKILL) when alice's server reaches `state`. */
  async killedAt(verb: 'start' | 'stop', state: ServerState, settings: Partial<SpawnSettings> = {}) {
    const task = JSON.stringify({ ...this.#at(settings), user: this.alice, verb });
    const script = join(import.meta.dirname, 'short-lived-hub.ts');
    const child = spawn(process.execPath, [script, task], { stdio: ['ignore', 'pipe', 'inherit'] });
    const gone = once(child, 'exit');
    for await (const line of createInterface(child.stdout)) if (line === state) child.kill('SIGKILL');
    await gone;
  }

  /** As a configuration with a profile each for alice and bob would have it. */
  #menu(): GateMenu {
    const profiles = Object.entries(this.plans).map(([slug, override]) => ({
      slug,
      name: slug,
      description: '',
      isDefault: false,
      override,
      options: [],
      allowedGroups: null,
      allowedUsers: null,
    }));
    const gpus = (this.#options.line?.gpus ?? []).map(({ id }) => id);
    const settings = { ...this.settings, ...this.#booted };
    return { settings, profiles, rootAllowed: true, gpus, sharedGid: 100 };
  }

  #at(settings: Partial<SpawnSettings>): Whereabouts {
    const { socket = this.#gate?.socket, deadlines, line } = this.#options;
    const used = { ...this.settings, ...settings };
    return { directory: this.directory, door: this.proxy.door, settings: used, socket, deadlines, line };
  }

  /** The process is gone: nothing more is done, nothing is tidied up. */
  async die(): Promise<void> {
    this.#watching.abort();
    await this.store.close();
  }

  async close(): Promise<void> {
    this.#watching.abort();
    await this.ports.lives.quiet(AbortSignal.timeout(20_000));
    await this.store.close();
    await this.#gate?.close();
    await this.proxy.close();
    await this.dock.close();
    await rm(this.directory, { recursive: true, force: true });
  }

  server(user = this.alice, name = '') {
    const found = this.store.servers.get(`${user}/${name}`);
    if (found === undefined) throw new Error(`there is no server ${user}/${name}`);
    return found;
  }

  /** Resolves when the server is in one of the states, or fails after `ms`. */
  async reaches(states: readonly string[], user = this.alice, ms = 60_000, name = '') {
    const until = Date.now() + ms;
    while (!states.includes(this.server(user, name).state)) {
      if (Date.now() > until) {
        const { state, failure } = this.server(user, name);
        throw new Error(`still ${state} ${JSON.stringify(failure)} ${this.warnings.join('; ')}`);
      }
      await systemClock.sleep(20);
    }
    return this.server(user, name);
  }

  async startAndWait(user = this.alice) {
    await this.wish(user);
    return this.reaches(['ready', 'failed'], user);
  }

  /** Presses Start; resolves when it is queued. */
  wish(user = this.alice) {
    return this.start({ user, server: '', options: {}, by: user });
  }

  stopAsUser(user = this.alice) {
    return this.stop({ user, server: '', why: 'user', detail: 'stopped by you' });
  }

  #log(): Log {
    const keep = (what: unknown, message: string) => {
      this.warnings.push(`${message} ${JSON.stringify(what)}`);
    };
    return { info: () => {}, warn: keep, error: keep };
  }
}
