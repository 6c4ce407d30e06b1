import type { Engine } from './adapters/docker/engine.ts';
import { makeImages } from './adapters/docker/images.ts';
import { makeVolumes } from './adapters/docker/volumes.ts';
import { cronEvery, schedule } from './adapters/system/schedule.ts';
import type { Settings } from './config/settings.ts';
import type { Containers } from './domain/containers.ts';
import type { ImageSpread } from './domain/image-spread.ts';
import type { Clock, Log, Random } from './domain/ports.ts';
import { Problem } from './domain/problem.ts';
import type { Store } from './domain/store.ts';
import type { StorageRoom } from './http/hub.ts';
import { makeRestores } from './usecases/finish-restores.ts';
import { guardStart, makeStandingOf } from './usecases/guard-start.ts';
import { makeImageDesk } from './usecases/image-desk.ts';
import { makeLeaveNothing } from './usecases/leave-nothing.ts';
import { makeListVolumes } from './usecases/list-volumes.ts';
import type { Lives } from './usecases/lives.ts';
import { makeVolumeVerbs } from './usecases/move-volume.ts';
import type { Menu } from './usecases/plan-start.ts';
import { prepareMounts } from './usecases/prepare-mounts.ts';
import { makeRemoveEnvironment } from './usecases/remove-environment.ts';
import type { RemoveUser } from './usecases/remove-user.ts';
import { makeSaveEnvironment } from './usecases/save-environment.ts';
import type { StartServer } from './usecases/start-server.ts';
import { VolumeHolds } from './usecases/volume-holds.ts';
import { VolumeSizes } from './usecases/volume-sizes.ts';
import { withoutVolumes } from './usecases/without-volumes.ts';

const MEASURE_SECONDS = 900;
const HOUR_SECONDS = 3600;
/** Until a restore that failed is tried again; VOLUME-005 says it. */
const RESTORES_SECONDS = 300;

interface StorageBase {
  readonly store: Store;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  readonly lives: Lives;
  readonly containers: Containers;
  /** Of a cluster. */
  readonly spread?: ImageSpread;
  readonly engine: Engine;
  /** The configuration as it is now. */
  readonly now: () => Settings;
  readonly menu: () => Menu;
  readonly signal: AbortSignal;
}

/** Volumes, images and saved environments: everything that outlives a server. */
export function composeStorage(settings: Settings, base: StorageBase) {
  const { log, engine, signal } = base;
  const { instance, keeperImage: image } = settings;
  const volumes = makeVolumes(engine, { instance, image }, log);
  const images = makeImages(engine);
  const quota = { bytes: settings.storageQuota, action: settings.storageQuotaAction };
  const sizes = new VolumeSizes({ ...base, volumes }, signal);
  const of = { ...base, volumes, sizes, quota, instance, holds: new VolumeHolds() };
  const restores = makeRestores(of, signal);
  const ports = { ...of, restores };
  const whole = makeVolumeVerbs(ports, makeListVolumes(ports));
  const seen = base.containers.abilities.volumes;
  const verbs = seen ? whole : withoutVolumes(base.containers);
  const desk = makeImageDesk({ ...base, images, extra: () => base.now().prePullExtra, ending: signal });
  const environments = {
    ...base,
    images,
    settings: { instance },
    perUser: () => base.now().environmentsPerUser,
  };
  const room: StorageRoom = {
    volumes: verbs,
    images: desk,
    standingOf: makeStandingOf(ports),
    filesOf: (volume) => {
      const used = sizes.last.sizes.get(volume);
      return used === undefined ? null : { used, limit: settings.storageQuota };
    },
    saveEnvironment: makeSaveEnvironment(environments),
    removeEnvironment: makeRemoveEnvironment(environments),
    get savers() {
      return base.now().environmentSavers;
    },
    get environmentsPerUser() {
      return base.now().environmentsPerUser;
    },
  };
  return {
    room,
    containers: seen
      ? prepareMounts(base.containers, { ...ports, sharedGid: settings.sharedGid })
      : base.containers,
    guardStart: (start: StartServer) => guardStart(ports, start),
    removeUser: (removeUser: RemoveUser) =>
      makeLeaveNothing({ ...base, removeUser, removeEnvironment: room.removeEnvironment, volumes: verbs }),
    /** Before anybody is let in. @throws Error in one sentence when a limit is asked for that the engine cannot keep. */
    makeReady: async () => {
      try {
        await restores.known();
        const fault = seen ? await limitFault(settings, () => volumes.limits()) : null;
        if (fault !== null) throw new Error(fault);
      } catch (error) {
        // Without the engine nothing can be tried; a start will say so.
        if (!(error instanceof Problem)) throw error;
        log.warn(
          { problem: error.message },
          'the engine could not be asked about volumes and limits of its disk',
        );
      }
      schedule(cronEvery(RESTORES_SECONDS), restores.goOn, log, signal);
      begin(settings, { desk, sizes: seen ? sizes : null }, log, signal);
    },
  };
}

/** What is asked for and cannot be kept, as a sentence; null when all can. */
async function limitFault(
  { storageQuota, storageQuotaAction, layerQuota }: Settings,
  limits: () => Promise<{ readonly volumes: string | null; readonly layers: string | null }>,
): Promise<string | null> {
  const hard = storageQuota !== null && storageQuotaAction === 'hard';
  if (!hard && layerQuota === null) return null;
  const { volumes, layers } = await limits();
  if (hard && volumes !== null) {
    return `STORAGE_QUOTA_ACTION=hard cannot be: the engine says "${volumes}". It needs its data on XFS mounted with pquota. Use warn or refuse.`;
  }
  if (layerQuota !== null && layers !== null) {
    return `CONTAINER_DISK_LIMIT cannot be: the engine says "${layers}". Leave it empty, or put the engine's data on XFS mounted with pquota.`;
  }
  return null;
}

/** What is done by itself from now on. */
function begin(
  settings: Settings,
  { desk, sizes }: { readonly desk: StorageRoom['images']; readonly sizes: VolumeSizes | null },
  log: Log,
  signal: AbortSignal,
): void {
  if (settings.prePullAtStart) {
    desk.prePull().catch((error: unknown) => {
      if (!signal.aborted) log.warn({ error: String(error) }, 'images could not be fetched ahead');
    });
  }
  if (settings.prePullAgain) schedule(cronEvery(settings.prePullEvery), () => desk.prePull(), log, signal);
  if (settings.imageCheckEvery > 0) {
    let hours = 0;
    const check = async () => {
      hours += 1;
      if (hours % settings.imageCheckEvery === 0) await desk.checkAll();
    };
    schedule(cronEvery(HOUR_SECONDS), check, log, signal);
  }
  if (settings.storageQuota !== null && sizes !== null) {
    void sizes.measure();
    schedule(cronEvery(MEASURE_SECONDS), () => sizes.measure(), log, signal);
  }
}
