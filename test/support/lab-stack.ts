import { setTimeout as sleep } from 'node:timers/promises';
import { Stack } from '../e2e/stack.ts';
import { HubClient } from '../prove/hub-client.ts';
import { must } from '../prove/shell.ts';
import { type SwarmLab, startSwarmLab } from './swarm-lab.ts';

const IMAGES = { BERTH_IMAGE: 'berth-swarm:latest', BERTH_PROXY_IMAGE: 'berth-swarm-proxy:latest' };
/** Built by this machine's engine, which has what it takes; the lab has no way out to any registry. */
/** What `make up` builds wherever it runs. */
const ALWAYS = ['berth-notebook-server', 'berth-notebook-minimal'];
const BUILD = ['files', 'machine', 'extra-ca', 'base-image', 'build-hub'];

export interface LabStackOptions {
  readonly word: string;
  readonly port: number;
  /** Beside hub and proxy: what servers are made from. The first one is everybody's. */
  readonly notebooks: readonly [string, ...string[]];
  /** As they would stand in `.env`. */
  readonly settings?: Readonly<Record<string, string>>;
}

/** What a newcomer has who reads the how-to page: a fresh clone on the first of two machines, whose engines are no Swarm yet. */
export interface LabStack {
  readonly lab: SwarmLab;
  readonly stack: Stack;
  /** Where people reach it from this machine. */
  readonly url: string;
  /** A script that may do everything. */
  readonly admin: HubClient;
  /** For commands in the clone: the first machine's engine. */
  readonly environment: Readonly<Record<string, string>>;
  /** Id of the running container of hub or proxy, on the manager. */
  container(service: 'hub' | 'proxy'): Promise<string>;
  /** Until the hub answers through the proxy. @throws Error when it does not in two minutes. */
  answers(): Promise<void>;
  remove(): Promise<void>;
}

/** @throws Error with what was said; nothing is left then. */
export async function makeLabStack(options: LabStackOptions): Promise<LabStack> {
  const { word, port, notebooks } = options;
  const environment: Record<string, string> = {};
  const stack = await Stack.make({ name: word, port, settings: settingsOf(options), environment });
  const clear = () => must('/', ['rm', '-rf', stack.directory]);
  try {
    const token = await buildOutside(stack);
    const images = ['debian:trixie-slim', ...Object.values(IMAGES), ...notebooks];
    const lab = await startSwarmLab({ word, images, joined: false });
    try {
      await lab.manager.load(ALWAYS);
      environment.DOCKER_HOST = lab.manager.host;
      const url = `http://${lab.manager.address}:${port}`;
      const remove = async () => {
        await lab.remove();
        await clear();
      };
      const made = { lab, stack, url, environment, admin: new HubClient(url, token), remove };
      return { ...made, ...verbs(made) };
    } catch (error) {
      await lab.remove();
      throw error;
    }
  } catch (error) {
    await clear();
    throw error;
  }
}

function settingsOf({ notebooks: [image], settings }: LabStackOptions): Readonly<Record<string, string>> {
  return {
    ...IMAGES,
    DOCKER_NOTEBOOK_IMAGE: image,
    ALLOW_ALL: 'true',
    ...settings,
  };
}

/** Answers the word of a script that may do everything. */
async function buildOutside(stack: Stack): Promise<string> {
  const token = 'a-script-of-the-lab-that-may-do-everything';
  const services = { script: { apiToken: token, admin: true } };
  await stack.write('config.yaml', `hub:\n  services: ${JSON.stringify(services)}\n`);
  const steps = BUILD.map((step) => `bash compose/setup/${step}.sh`).join(' && ');
  await must(stack.directory, ['bash', '-c', `mkdir -p compose/build && ${steps}`], { seconds: 1200 });
  return token;
}

function verbs({ stack, url }: Pick<LabStack, 'stack' | 'url'>): Pick<LabStack, 'container' | 'answers'> {
  return {
    container: async (service) => (await stack.compose('ps', '-q', service)).trim(),
    answers: async () => {
      for (let look = 0; look < 400; look += 1) {
        const answer = await fetch(`${url}/hub/health`, { signal: AbortSignal.timeout(2000) }).catch(
          () => null,
        );
        if (answer?.status === 200) return;
        await sleep(300);
      }
      throw new Error('the hub does not answer through the proxy');
    },
  };
}
