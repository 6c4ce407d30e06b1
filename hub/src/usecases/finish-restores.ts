import type { Log } from '../domain/ports.ts';
import { Problem } from '../domain/problem.ts';
import type { Quota } from '../domain/storage-quota.ts';
import { markerLabels, readMarker, type UnfinishedRestore } from '../domain/unfinished-restore.ts';
import type { Volumes } from '../domain/volumes.ts';
import { SHARED_LABEL } from '../domain/whose-volume.ts';
import type { VolumeHolds } from './volume-holds.ts';

interface Ports {
  readonly volumes: Volumes;
  readonly holds: VolumeHolds;
  readonly quota: Quota;
  readonly instance: string;
  readonly log: Log;
}

export interface Restores {
  /**
   * Replaces a volume, which the caller holds, by what is kept. Once its marker is made the restore is finished even if
   * the hub ends meanwhile; one that fails keeps the volume held and is tried again.
   *
   * @throws Problem VOLUME-005 when the volume may be half; any other: nothing was changed.
   */
  carryOut(restore: UnfinishedRestore): Promise<void>;
  /**
   * Resolves when every restore that a hub has left unfinished holds its volume. Nobody mounts, replaces or reads one
   * before: an engine that was away at the start has not told yet. @throws Problem SPAWN-150.
   */
  known(): Promise<void>;
  /** Begins those again that are unfinished, in the background. @throws Problem SPAWN-150. */
  goOn(): Promise<void>;
}

/** Why a restore could not begin: everything is as it was. */
class NothingLost extends Error {
  constructor(cause: unknown) {
    super('the restore did not begin', { cause });
  }
}

export function makeRestores(ports: Ports, ending: AbortSignal): Restores {
  const { volumes, holds, instance, log } = ports;
  /** Markers of what is being done just now. */
  const atWork = new Set<string>();
  /** Of what is unfinished, by marker: ways to let go. */
  const held = new Map<string, () => void>();
  let first: Promise<void> | null = null;
  let told = false;

  const letGo = (marker: string): void => {
    held.get(marker)?.();
    held.delete(marker);
  };

  const redo = async (restore: UnfinishedRestore): Promise<void> => {
    const { marker, volume, kept } = restore;
    try {
      await putInPlace(ports, restore, ending);
      letGo(marker);
      log.info({ volume }, 'a restore that had been cut off is finished');
    } catch (error) {
      if (ending.aborted) return;
      const { message } = new Problem(
        'VOLUME-005',
        { volume, kept, detail: String(error) },
        { cause: error },
      );
      log.error(
        { code: 'VOLUME-005', volume, kept, marker, problem: message },
        'a restore cannot be finished',
      );
    } finally {
      atWork.delete(marker);
    }
  };

  /** Held, and ours to do; null when somebody is at it, or it has been finished since it was listed. */
  const take = async (listed: UnfinishedRestore): Promise<UnfinishedRestore | null> => {
    if (atWork.has(listed.marker) || (await volumes.find(listed.marker)) === null) return null;
    if (atWork.has(listed.marker)) return null;
    try {
      if (!held.has(listed.marker)) held.set(listed.marker, holdBoth(ports, listed));
    } catch (error) {
      // Nobody makes two of one volume; whoever has it goes first.
      log.warn({ marker: listed.marker, error: String(error) }, 'a restore waits for another');
      return null;
    }
    atWork.add(listed.marker);
    return listed;
  };

  const look = async (): Promise<void> => {
    const before = [...held.keys()];
    const listed = (await volumes.list()).flatMap((view) => readMarker(view, instance) ?? []);
    // An administrator who removes the marker gives the restore up.
    const gone = before.filter((marker) => !listed.some((one) => one.marker === marker));
    for (const marker of gone) if (!atWork.has(marker)) letGo(marker);
    const taken: UnfinishedRestore[] = [];
    try {
      for (const one of listed) {
        const mine = await take(one);
        if (mine !== null) taken.push(mine);
      }
    } finally {
      void taken.reduce((before, one) => before.then(() => redo(one)), Promise.resolve());
    }
  };

  const mark = async (restore: UnfinishedRestore): Promise<void> => {
    const { marker } = restore;
    try {
      await volumes.create({ name: marker, labels: markerLabels(restore), size: null });
    } catch (error) {
      // Without an answer nobody knows whether the engine made it. If it cannot be taken back, it is in force.
      await volumes.remove(marker);
      throw new NothingLost(error);
    }
  };

  const known = (): Promise<void> => {
    // What read and wrote for a hub that is gone has its volumes mounted still.
    first ??= volumes
      .tidy()
      .then(look)
      .then(() => {
        told = true;
      });
    first.catch(() => {
      first = null;
    });
    return first;
  };

  return {
    known,
    goOn: () => (told ? look() : known()),
    async carryOut(restore) {
      const { marker, volume, kept } = restore;
      atWork.add(marker);
      try {
        await mark(restore);
        await putInPlace(ports, restore);
      } catch (error) {
        if (error instanceof NothingLost) throw error.cause;
        held.set(marker, holds.handOver([volume, kept], 'restored'));
        throw new Problem('VOLUME-005', { volume, kept, detail: String(error) }, { cause: error });
      } finally {
        atWork.delete(marker);
      }
    },
  };
}

function holdBoth({ holds }: Ports, { volume, kept }: UnfinishedRestore): () => void {
  const letGoOfVolume = holds.hold(volume, 'restored');
  try {
    const letGoOfKept = holds.hold(kept, 'restored');
    return () => {
      letGoOfVolume();
      letGoOfKept();
    };
  } catch (error) {
    letGoOfVolume();
    throw error;
  }
}

/** Each step may be the last one of this process: until the marker is gone all of them can be done once more. */
async function putInPlace(
  { volumes, quota, log }: Ports,
  { marker, volume, kept, labels, top }: UnfinishedRestore,
  // The upload is complete: whoever sent it may leave.
  signal: AbortSignal = new AbortController().signal,
): Promise<void> {
  if ((await volumes.find(kept)) === null) {
    log.warn({ volume, kept }, 'nothing is kept of a restore any more: it was done, or given up by hand');
  } else {
    // The engine cannot rename a volume, nor empty one.
    await volumes.remove(volume);
    await volumes.create({ name: volume, labels, size: sizeOf(quota, labels) });
    await volumes.write(volume, volumes.read(kept, signal), signal);
    await volumes.grant(volume, top);
    await volumes.remove(kept);
  }
  await volumes.remove(marker);
}

/** Bytes that a volume made anew may hold, or null. */
export function sizeOf({ bytes, action }: Quota, labels: Readonly<Record<string, string>>): number | null {
  return action === 'hard' && labels[SHARED_LABEL] === undefined ? bytes : null;
}
