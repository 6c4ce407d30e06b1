import type { Containers } from '../domain/containers.ts';
import type { Images } from '../domain/images.ts';
import type { Clock, Log, Random } from '../domain/ports.ts';
import { Problem } from '../domain/problem.ts';
import type { Audience, SavedEnvironment } from '../domain/saved-environment.ts';
import { slugOfEnvironment } from '../domain/saved-environment.ts';
import { type Server, serverKey, type UserOptions } from '../domain/server.ts';
import type { SpawnSettings } from '../domain/settings.ts';
import { formatBytes } from '../domain/storage-quota.ts';
import type { Store } from '../domain/store.ts';
import type { Lives } from './lives.ts';
import { requireAbility } from './require-ability.ts';

/** What of a server's variables is a secret. */
const SECRETS = ['JUPYTERHUB_API_TOKEN', 'JPY_API_TOKEN'];

/** Layers that an engine can stack, with room for what is built on top. */
const LAYERS_MAX = 120;
/** What a container wrote outside of its volumes. */
const WRITTEN_MAX = 20 * 2 ** 30;
const SAVE_MS = 45 * 60_000;

export interface EnvironmentPorts {
  readonly store: Store;
  readonly images: Images;
  readonly containers: Pick<Containers, 'readVariable' | 'abilities'>;
  readonly lives: Lives;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  readonly settings: Pick<SpawnSettings, 'instance'>;
  readonly perUser: () => number;
}

export interface SaveRequest {
  readonly user: string;
  readonly server: string;
  readonly name: string;
  readonly description: string;
  readonly audience: Audience;
  readonly by: string;
  /** An administrator may save beyond the number that each has. */
  readonly unlimited: boolean;
}

/**
 * Makes a running server's container into an image that is offered as a profile. Nothing else is done to the server
 * meanwhile: a stop that comes then waits. Files on volumes are no part of it.
 *
 * @throws Problem HTTP-404; SERVER-001 when it does not run; ENV-002 … ENV-004; SPAWN-110, SPAWN-150, STORE-001.
 */
export type SaveEnvironment = (request: SaveRequest) => Promise<SavedEnvironment>;

export function makeSaveEnvironment(ports: EnvironmentPorts): SaveEnvironment {
  const { store, lives } = ports;
  // Of saves that are under way: two at once must not be one too many.
  const saving = new Map<string, number>();

  return async (request) => {
    const { user } = request;
    const server = store.servers.get(serverKey(user, request.server));
    if (server === undefined) throw new Problem('HTTP-404');
    requireAbility(ports.containers, 'save');
    const containerId = containerOf(server);
    if (containerId === null || lives.get(user, server.name) !== undefined) {
      throw new Problem('SERVER-001', { detail: 'An environment is saved of a server that runs.' });
    }
    const under = saving.get(user) ?? 0;
    const have = store.environments.where('user', user).length + under;
    const limit = ports.perUser();
    if (!request.unlimited && have >= limit) throw new Problem('ENV-002', { have, limit });
    saving.set(user, under + 1);
    const { promise, resolve, reject } = Promise.withResolvers<SavedEnvironment>();
    lives.begin(user, server.name, 'repair', () =>
      save(ports, server, containerId, request)
        .finally(() => saving.set(user, (saving.get(user) ?? 1) - 1))
        .then(resolve, reject),
    );
    return promise;
  };
}

/** Null when there is nothing that stands still enough to be saved. */
function containerOf(server: Server): string | null {
  return server.state === 'ready' || server.state === 'frozen' ? server.containerId : null;
}

async function save(
  ports: EnvironmentPorts,
  server: Server,
  containerId: string,
  request: SaveRequest,
): Promise<SavedEnvironment> {
  const { store, images, random, clock, log } = ports;
  const { written, layers } = await images.weigh(containerId);
  refuseTooMuch(written, layers);
  const id = random.hex(8);
  const reference = `berth-environment:${id}`;
  const words = await Promise.all(SECRETS.map((name) => ports.containers.readVariable(containerId, name)));
  const { size } = await images.save(
    {
      containerId,
      reference,
      comment: `saved by ${request.by} of ${server.image ?? 'a server'}`,
      labels: { 'org.berth.environment': id, 'org.berth.environment.hub': ports.settings.instance },
      secrets: words.filter((word) => word !== null),
    },
    AbortSignal.timeout(SAVE_MS),
  );
  const made: SavedEnvironment = {
    id,
    name: request.name,
    description: request.description,
    user: server.user,
    by: request.by,
    audience: request.audience,
    image: reference,
    base: server.image ?? '',
    options: optionsOf(store, server.options),
    created: clock.now(),
    size,
  };
  try {
    await store.change((drafts) => drafts.environments.put(made));
  } catch (error) {
    await images.remove(reference);
    throw error;
  }
  log.info({ user: server.user, server: server.name, by: request.by, image: reference }, 'environment saved');
  return made;
}

function refuseTooMuch(written: number, layers: number): void {
  if (layers >= LAYERS_MAX) {
    throw new Problem('ENV-003', {
      detail: `Its image has ${layers} layers already: it was saved too often upon itself. Build an image instead.`,
    });
  }
  if (written > WRITTEN_MAX) {
    throw new Problem('ENV-003', {
      detail: `The server has written ${formatBytes(written)} outside of your files; ${formatBytes(WRITTEN_MAX)} can be saved. Remove what you do not need.`,
    });
  }
}

/** Of an environment that was saved upon another, the profile behind both. */
function optionsOf(store: Store, options: UserOptions): UserOptions {
  const before = [...store.environments.values()].find((one) => slugOfEnvironment(one) === options.profile);
  return before?.options ?? options;
}
