import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { shell } from '../prove/shell.ts';
import { type LabDoor, openLabDoor } from './lab-door.ts';
import { LabMachine } from './lab-machine.ts';
import { type LabNetwork, makeLabNetwork, spaceName } from './lab-network.ts';
import { endMachine, removeFolder } from './lab-processes.ts';

/** Half a second each. */
const LOOKS = 240;
/** Of links and namespaces, whose names are short. */
const WORD = /^[a-z][a-z0-9]{1,11}$/;

export interface SwarmLabOptions {
  /** In the name of everything that the lab makes; labs of different words stand side by side. */
  readonly word: string;
  /** Images of this machine's engine that every machine of the lab gets. */
  readonly images?: readonly string[];
  /** 1 unless told. */
  readonly workers?: 1 | 2;
  /** False: single engines, for whoever makes a Swarm of them; true unless told. */
  readonly joined?: boolean;
}

/** Machines that Docker's own cluster engine joins, each a real engine; nothing of this machine's engine is in it. */
export interface SwarmLab {
  readonly manager: LabMachine;
  readonly workers: readonly [LabMachine, ...LabMachine[]];
  /** The manager first. */
  readonly machines: readonly LabMachine[];
  /** This machine's address in the lab: a hub of a test that listens there is reached by every container of the lab. */
  readonly here: string;
  /** Makes an overlay that services and single containers may join. */
  overlay(name: string): Promise<void>;
  /**
   * Lets this machine reach the addresses of the overlay's tasks, for a hub and a proxy of a test, through a container of
   * that image on the manager. After a fall of the manager it is opened anew.
   */
  door(network: string, image: string): Promise<LabDoor>;
  /** Id of a machine as the cluster engine has it. */
  nodeId(machine: LabMachine): Promise<string>;
  /** Waits until the manager says this of the machine. @throws Error after two minutes. */
  sees(machine: LabMachine, state: 'ready' | 'down'): Promise<void>;
  /** Ends everything, and leaves nothing. */
  remove(): Promise<void>;
}

/**
 * Makes a Swarm of two or three engines on this machine, as root. One that a broken test left behind is cleared away first.
 *
 * @throws Error with the engine's words; nothing of the lab is left then. Also when a lab of this word stands.
 */
export async function startSwarmLab(options: SwarmLabOptions): Promise<SwarmLab> {
  const { word, images = [], workers = 1, joined = true } = options;
  if (!WORD.test(word)) throw new Error(`${word} is no word for a lab`);
  const folder = `/var/tmp/berth-lab-${word}`;
  await clearLeftovers(word, folder);
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'owner'), String(process.pid));
  const network = await makeLabNetwork(word);
  const [manager, first, ...rest] = [1, 2, 3].map((number) => new LabMachine(word, number, network, folder));
  if (manager === undefined || first === undefined) throw new Error('a lab has two machines');
  const all = [first, ...rest.slice(0, workers - 1)] as const;
  const machines = [manager, ...all];
  const remove = async (): Promise<void> => {
    for (const machine of [...machines].reverse()) await machine.kill();
    await network.remove();
    await removeFolder(folder);
  };
  try {
    await Promise.all(machines.map((machine) => machine.start()));
    if (joined) await makeSwarm(manager, all, network);
    for (const machine of images.length === 0 ? [] : machines) await machine.load(images);
    return { manager, workers: all, machines, here: network.here, ...verbs(manager), remove };
  } catch (error) {
    await remove();
    throw error;
  }
}

async function makeSwarm(
  manager: LabMachine,
  workers: readonly LabMachine[],
  { pool }: LabNetwork,
): Promise<void> {
  const own = ['--advertise-addr', manager.address, '--listen-addr', `${manager.address}:2377`];
  // A machine that says nothing for five seconds three times over is down.
  await manager.docker('swarm', 'init', ...own, '--default-addr-pool', pool, '--dispatcher-heartbeat', '2s');
  const token = await manager.docker('swarm', 'join-token', '-q', 'worker');
  for (const worker of workers) {
    const where = ['--advertise-addr', worker.address, `${manager.address}:2377`];
    await worker.docker('swarm', 'join', '--token', token, ...where);
  }
}

function verbs(manager: LabMachine): Pick<SwarmLab, 'overlay' | 'door' | 'nodeId' | 'sees'> {
  const nodeId: SwarmLab['nodeId'] = (machine) =>
    manager.docker('node', 'inspect', '-f', '{{.ID}}', machine.name);
  return {
    nodeId,
    overlay: async (name) => {
      await manager.docker('network', 'create', '--driver', 'overlay', '--attachable', name);
    },
    door: (network, image) => openLabDoor(manager, network, image),
    sees: async (machine, state) => {
      const id = await nodeId(machine);
      let seen = '';
      for (let look = 0; look < LOOKS; look += 1) {
        seen = await manager.docker('node', 'inspect', '-f', '{{.Status.State}}', id);
        if (seen === state) return;
        await sleep(500);
      }
      throw new Error(`${machine.name} is ${seen} and not ${state}`);
    },
  };
}

/** A run that was killed leaves its machines running; one that lives keeps them. */
async function clearLeftovers(word: string, folder: string): Promise<void> {
  const owner = Number(await readFile(join(folder, 'owner'), 'utf8').catch(() => 0));
  if (owner > 0 && (await lives(owner))) throw new Error(`a lab ${word} stands already, of process ${owner}`);
  for (const number of [1, 2, 3]) {
    await endMachine(join(folder, String(number)), spaceName(word, number));
  }
  for (const number of [0, 1, 2, 3]) await shell('/', ['ip', 'netns', 'delete', spaceName(word, number)]);
  await removeFolder(folder);
}

const lives = (pid: number) =>
  readFile(`/proc/${pid}/cmdline`, 'utf8').then(
    (line) => line.includes('node'),
    () => false,
  );
