import { must, shell } from '../prove/shell.ts';

/** Ranges that a lab takes one of: number n has 10.214.n.0/24 for its machines and 10.(217+n).0.0/16 for its overlays. */
const LABS = 30;

/** Where the machines of a lab are plugged in: a switch in a network namespace of its own, and one plug in this machine. */
export interface LabNetwork {
  /** Of this machine: where containers of the lab reach what a test listens with. */
  readonly here: string;
  /** For overlay networks. */
  readonly pool: string;
  /** Which machine has which address; the first is 1. */
  address(machine: number): string;
  /**
   * Makes the namespace of a machine, and its cable; answers its file. No way leads out of the lab, so that an engine that
   * asks a registry hears at once that there is none. @throws Error when it is there.
   */
  plug(machine: number): Promise<string>;
  /** Takes both away, as a machine without power. One that is gone is no error. */
  unplug(machine: number): Promise<void>;
  remove(): Promise<void>;
}

/** Name of a network namespace of a lab; 0 is the switch. */
export const spaceName = (word: string, machine: number): string => `berth-lab-${word}-${machine}`;

/**
 * The switch stands apart, because frames across a bridge of this machine would pass the firewall of this machine's engine,
 * which drops what it does not know.
 *
 * @throws Error when as many labs stand as there are ranges.
 */
export async function makeLabNetwork(word: string): Promise<LabNetwork> {
  const number = await takeNumber(word);
  const [outside, home] = [`blab${number}`, spaceName(word, 0)];
  const network: LabNetwork = {
    here: `10.214.${number}.254`,
    pool: `10.${217 + number}.0.0/16`,
    address: (machine) => `10.214.${number}.${machine}`,
    plug: async (machine) => {
      const space = spaceName(word, machine);
      const cable = `blab${number}m${machine}`;
      await ip(['netns', 'add', space]);
      await ip(['-n', home, 'link', 'add', cable, 'type', 'veth', 'peer', 'name', 'eth0', 'netns', space]);
      await ip(['-n', home, 'link', 'set', cable, 'master', 'switch', 'up']);
      await ip(['-n', space, 'link', 'set', 'lo', 'up']);
      await ip(['-n', space, 'addr', 'add', `10.214.${number}.${machine}/24`, 'dev', 'eth0']);
      await ip(['-n', space, 'link', 'set', 'eth0', 'up']);
      return `/var/run/netns/${space}`;
    },
    unplug: async (machine) => {
      // A namespace that a process still holds would keep its cable for a while.
      await shell('/', ['ip', '-n', home, 'link', 'delete', `blab${number}m${machine}`]);
      await shell('/', ['ip', 'netns', 'delete', spaceName(word, machine)]);
    },
    remove: async () => {
      await shell('/', ['ip', 'link', 'delete', outside]);
      await shell('/', ['ip', 'netns', 'delete', home]);
    },
  };
  try {
    await ip(['netns', 'add', home]);
    await ip(['link', 'set', `${outside}s`, 'netns', home]);
    await ip(['-n', home, 'link', 'add', 'switch', 'type', 'bridge']);
    await ip(['-n', home, 'link', 'set', `${outside}s`, 'master', 'switch', 'up']);
    await ip(['-n', home, 'link', 'set', 'switch', 'up']);
    await ip(['addr', 'add', `${network.here}/24`, 'dev', outside]);
    await ip(['link', 'set', outside, 'up']);
  } catch (error) {
    await network.remove();
    throw error;
  }
  return network;
}

/** A link's name can be given once: whoever makes it has the number. */
async function takeNumber(word: string): Promise<number> {
  const first = [...word].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % LABS, 7);
  for (let step = 0; step < LABS; step += 1) {
    const number = (first + step) % LABS;
    const cable = ['ip', 'link', 'add', `blab${number}`, 'type', 'veth', 'peer', 'name', `blab${number}s`];
    const { code, output } = await shell('/', cable, { seconds: 20 });
    if (code === 0) return number;
    if (!output.includes('File exists')) throw new Error(output);
  }
  throw new Error(`${LABS} labs stand already`);
}

const ip = (words: readonly string[]) => must('/', ['ip', ...words], { seconds: 20 });
