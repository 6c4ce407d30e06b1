import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { mkdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { must, shell } from '../prove/shell.ts';
import { type LabNetwork, spaceName } from './lab-network.ts';
import { endMachine } from './lab-processes.ts';

const ROUNDS = 600;

/** A machine of the lab: a real engine with a network, a host name, mounts and a control group of its own. */
export class LabMachine {
  /** As people see it: `docker node ls`. */
  readonly name: string;
  readonly address: string;
  /** Path of the engine's socket, for `DOCKER_SOCKET`. */
  readonly socket: string;
  readonly #folder: string;
  readonly #network: LabNetwork;
  readonly #number: number;
  readonly #word: string;
  #daemon: ChildProcess | undefined;

  constructor(word: string, number: number, network: LabNetwork, folder: string) {
    this.name = `${word}-${number}`;
    this.address = network.address(number);
    this.#word = word;
    this.#number = number;
    this.#network = network;
    this.#folder = join(folder, String(number));
    this.socket = join(this.#folder, 'docker.sock');
  }

  /** For `DOCKER_HOST`. */
  get host(): string {
    return `unix://${this.socket}`;
  }

  /** Of the engine's process; 0 when the machine is down. */
  get pid(): number {
    return this.#daemon?.pid ?? 0;
  }

  /** The file of its network, for `nsenter --net=`. */
  get space(): string {
    return `/var/run/netns/${spaceName(this.#word, this.#number)}`;
  }

  /** Runs the command line against this engine. @throws Error with its words. */
  docker(...words: readonly string[]): Promise<string> {
    return must('/', ['docker', ...words], { environment: { DOCKER_HOST: this.host }, seconds: 180 });
  }

  /** Brings images of this machine's own engine over. */
  async load(images: readonly string[]): Promise<void> {
    const pipe = `set -o pipefail; docker save ${images.join(' ')} | docker -H ${this.host} load`;
    await must('/', ['bash', '-c', pipe], { seconds: 900 });
  }

  /** Power on: a new network, nothing in /run, the disk as it was. Answers when the engine does. */
  async start(): Promise<void> {
    if (this.#daemon !== undefined) throw new Error(`${this.name} runs already`);
    const space = await this.#network.plug(this.#number);
    await mkdir(this.#folder, { recursive: true });
    const log = openSync(join(this.#folder, 'log'), 'a');
    const words = [
      // Mounts and host name of its own go with it. `ip netns exec` would hide the control groups.
      ...[`--net=${space}`, 'unshare', '--mount', '--uts', 'sh', '-c', 'hostname "$0" && exec dockerd "$@"'],
      ...[this.name, '--host', this.host, '--pidfile', join(this.#folder, 'pid')],
      ...['--data-root', join(this.#folder, 'data'), '--exec-root', join(this.#folder, 'run')],
      ...['--cgroup-parent', `/${this.#cgroup}`, '--exec-opt', 'native.cgroupdriver=cgroupfs'],
      ...['--bip', '10.213.200.1/24', '--default-address-pool', 'base=10.213.128.0/18,size=24'],
      ...[
        '--containerd-namespace',
        this.#cgroup,
        '--containerd-plugins-namespace',
        `${this.#cgroup}-plugins`,
      ],
    ];
    this.#daemon = spawn('nsenter', words, { stdio: ['ignore', log, log] });
    closeSync(log);
    await this.#answers(this.#daemon);
  }

  /** The power goes: no process is asked. What it had in /run is gone, its disk stays. One that is down is no error. */
  async kill(): Promise<void> {
    await this.#network.unplug(this.#number);
    await endMachine(this.#folder, this.#cgroup);
    this.#daemon = undefined;
    for (const name of ['run', 'pid', 'docker.sock']) {
      await rm(join(this.#folder, name), { recursive: true, force: true });
    }
  }

  /** Cuts its cable, or plugs it in again: it goes on by itself, and nobody reaches it. */
  async cable(state: 'up' | 'down'): Promise<void> {
    const space = spaceName(this.#word, this.#number);
    await must('/', ['ip', '-n', space, 'link', 'set', 'eth0', state], { seconds: 20 });
  }

  /** What the engine wrote, its last lines. */
  async log(): Promise<string> {
    return (await readFile(join(this.#folder, 'log'), 'utf8').catch(() => '')).slice(-4000);
  }

  get #cgroup(): string {
    return spaceName(this.#word, this.#number);
  }

  async #answers(daemon: ChildProcess): Promise<void> {
    for (let look = 0; look < ROUNDS && daemon.exitCode === null; look += 1) {
      const { code } = await shell('/', ['docker', '-H', this.host, 'version'], { seconds: 5 });
      if (code === 0) return;
      await sleep(100);
    }
    throw new Error(`the engine of ${this.name} did not start:\n${await this.log()}`);
  }
}
