import { isIP } from 'node:net';
import type { Engine } from './adapters/docker/engine.ts';
import { type EngineFacts, readEngineFacts } from './adapters/docker/engine-facts.ts';
import { TRIAL_MEMORY, type TrialFindings, tryContainer } from './adapters/docker/trial-container.ts';
import { megabytes } from './adapters/probes/host-probes.ts';
import type { Settings } from './config/settings.ts';
import { spawnMenu } from './config/spawn-menu.ts';
import { type Finding, fail, fine, type Probe, type ProbeCode, warn } from './domain/probe.ts';
import { machinesFinding, spreadFinding } from './main-doctor-cluster.ts';
import type { ComposedHub } from './main-hub.ts';

const QUICK_MS = 10_000;
/** Starting a container on a busy machine. */
const TRIAL_MS = 40_000;
/** Older engines know neither the mounts nor the limits that notebooks are given. */
const API_LEAST = 40;
const IMAGES_MAX = 50;

/** Probes that ask the engine, and one container on it. */
export function engineProbes(engine: Engine, parts: ComposedHub, settings: Settings): readonly Probe[] {
  const facts = () => readEngineFacts(engine);
  const trial = sharedTrial(engine, parts, settings);
  const quick = (code: ProbeCode, look: Probe['look']): Probe => ({ code, deadline: QUICK_MS, look });
  const slow = (code: ProbeCode, look: (found: TrialFindings) => Finding): Probe => ({
    code,
    deadline: TRIAL_MS,
    look: async (signal) => look(await trial(signal)),
  });
  const { hubApiUrl } = spawnMenu(settings).settings;
  return [
    quick('DOCK-01', async () => engineFinding(await facts())),
    quick('DOCK-02', async () => driverFinding(await facts())),
    quick('DOCK-03', () => networkFinding(engine, settings.network)),
    quick('DOCK-04', () =>
      settings.spawner === 'swarm' ? spreadFinding(parts) : imagesFinding(parts, settings),
    ),
    slow('DOCK-05', (found) =>
      found.volume
        ? fine('A container was started, and wrote to a volume of its own.')
        : fail(
            'A container could not write to its volume.',
            'See the engine’s log and the disk it keeps volumes on.',
          ),
    ),
    slow('DOCK-06', limitsFinding),
    slow('DOCK-07', (found) => nameFinding(found, new URL(hubApiUrl).hostname)),
    slow('DOCK-08', (found) => reachFinding(found, hubApiUrl)),
    quick('DOCK-09', () => machinesFinding(parts.hub.machines, parts.containers)),
    quick('HOST-02', async () => memoryFinding(parts, await facts())),
    quick('HOST-03', async () => clockFinding((await facts()).ahead)),
  ];
}

/** One container answers four probes; the next look starts another. */
function sharedTrial(engine: Engine, parts: ComposedHub, settings: Settings) {
  let running: Promise<TrialFindings> | null = null;
  return (signal: AbortSignal): Promise<TrialFindings> => {
    running ??= start(signal).finally(() => {
      running = null;
    });
    return running;
  };

  async function start(signal: AbortSignal): Promise<TrialFindings> {
    const { image, network, instance } = settings;
    if (!(await parts.containers.hasImage(image, signal))) {
      throw new Error(`The image ${image} is not on this machine, so no container was tried.`);
    }
    const { hubApiUrl } = spawnMenu(settings).settings;
    return await tryContainer(engine, { image, network, instance, hubApiUrl }, signal);
  }
}

function engineFinding({ version, api, cgroup }: EngineFacts): Finding {
  const says = `Engine ${version}, API ${api}, cgroup v${cgroup}.`;
  const [major = 0, minor = 0] = api.split('.').map(Number);
  if (major > 1 || minor >= API_LEAST) return fine(says);
  return fail(says, 'Install a newer engine: API 1.40 (Docker 19.03) is the least.');
}

function driverFinding({ storageDriver }: EngineFacts): Finding {
  if (storageDriver !== 'vfs' && storageDriver !== 'devicemapper') return fine(`${storageDriver}.`);
  return warn(
    `${storageDriver}: every container copies its whole image, which is slow and takes the disk.`,
    'Give the engine a disk on which overlay2 works.',
  );
}

async function networkFinding(engine: Engine, network: string): Promise<Finding> {
  const found = await engine.look(() => engine.docker.listNetworks({ filters: { name: [network] } }));
  const ours = found.find(({ Name }) => Name === network);
  if (ours !== undefined) return fine(`${network}, driver ${ours.Driver}.`);
  return fail(`There is no network ${network}.`, 'make up makes it, or DOCKER_NETWORK_NAME names another.');
}

async function imagesFinding({ containers }: ComposedHub, settings: Settings): Promise<Finding> {
  const { profiles } = spawnMenu(settings);
  const named = profiles.flatMap(({ override, options }) => [
    override.image,
    ...options.flatMap(({ choices }) => choices.map((choice) => choice.override.image)),
  ]);
  const images = [...new Set([settings.image, ...named.filter((image) => image !== undefined)])];
  const signal = AbortSignal.timeout(QUICK_MS);
  const here = await Promise.all(
    images.slice(0, IMAGES_MAX).map((image) => containers.hasImage(image, signal)),
  );
  const missing = images.filter((_, index) => here[index] === false);
  if (missing.length === 0) {
    const { portForwarding, portForwarderImage: image } = settings;
    if (portForwarding === 'never' || (await containers.hasImage(image, signal)))
      return fine(`${images.length} of ${images.length}.`);
    return warn(
      `Not here: ${image}, from which Berth leads to ports of servers.`,
      'make up builds it; PORT_FORWARDER_IMAGE names another, PORT_FORWARDING=never does without.',
    );
  }
  const says = `Not here: ${missing.join(', ')}.`;
  if (settings.pullPolicy === 'never')
    return fail(says, 'Build or load them: with this pull policy nobody else does.');
  return warn(says, 'The first start downloads them; docker pull does it beforehand.');
}

function limitsFinding({ memory }: TrialFindings): Finding {
  if (memory === TRIAL_MEMORY)
    return fine(`A container that was given ${megabytes(TRIAL_MEMORY)} sees that limit.`);
  const next =
    'Switch the memory controller on (cgroup_enable=memory on the kernel’s command line), or see whether the engine runs rootless without it.';
  if (memory === null) return warn('The container was not told its limit.', next);
  return fail('A container’s memory limit is not enforced: one notebook can take the whole machine.', next);
}

function nameFinding({ address }: TrialFindings, host: string): Finding {
  // An address needs no finding; whether it is reached is the next probe's question.
  if (isIP(host.replace(/^\[|\]$/g, '')) !== 0) return fine(`${host} is an address.`);
  if (address !== null) return fine(`${host} is ${address} there.`);
  return fail(
    `A notebook container does not find ${host}.`,
    'The hub must be on the notebooks’ network under that name (compose.yaml), or set HUB_CONNECT_URL.',
  );
}

function reachFinding({ answer }: TrialFindings, url: string): Finding {
  if (answer === '200') return fine(`${url} answers there.`);
  if (answer === null) return warn('The image has nothing to ask with (no python3, node or curl).', '');
  return fail(
    `${url} does not answer a notebook container: ${answer}.`,
    'No notebook could sign anybody in. See HUB_API_BIND, HUB_CONNECT_URL and the machine’s firewall.',
  );
}

function memoryFinding({ store }: ComposedHub, { memory }: EngineFacts): Finding {
  const running = [...store.servers.values()].filter(({ state }) => state === 'ready');
  const granted = running.reduce((sum, { grant }) => sum + (grant?.memory ?? 0), 0);
  const says = `${running.length} servers may use ${megabytes(granted)} of the machine’s ${megabytes(memory)}.`;
  if (granted <= memory) return fine(says);
  return warn(says, 'If all of them do, some end. Lower MEM_LIMIT, or set ACTIVE_SERVER_LIMIT.');
}

function clockFinding(ahead: number | null): Finding {
  if (ahead === null) return fine('The engine does not tell its time.');
  const seconds = Math.abs(ahead) / 1000;
  if (seconds < 2) return fine('Hub and engine agree.');
  const says = `The engine’s clock is ${seconds.toFixed(0)} s ${ahead > 0 ? 'ahead of' : 'behind'} the hub’s.`;
  const next = 'Let both follow a time server (chrony, systemd-timesyncd).';
  return seconds < 60 ? warn(says, next) : fail(says, next);
}
