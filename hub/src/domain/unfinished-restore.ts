import { LABEL } from './container-spec.ts';
import type { FolderRights, VolumeView } from './volumes.ts';

/**
 * A restore whose archive has arrived whole, and what is left to do. It stands in the labels of an empty volume, the
 * marker: labels of a volume never change, so the marker is made after the last file and removed after the last step.
 */
export interface UnfinishedRestore {
  readonly marker: string;
  /** Whose files are replaced. */
  readonly volume: string;
  /** Holds the archive's files. */
  readonly kept: string;
  /** Of the volume when it is made anew. */
  readonly labels: Readonly<Record<string, string>>;
  readonly top: FolderRights;
}

const RESTORE_LABEL = {
  volume: 'org.berth.restore',
  kept: 'org.berth.restore.kept',
  /** `uid:gid:mode`, the mode octal. */
  top: 'org.berth.restore.top',
} as const;

const RIGHTS = /^(\d{1,10}):(\d{1,10}):([0-7]{1,4})$/;

/** A marker is nobody's volume: not to be read, replaced or deleted as one. */
export function isRestoreMarker({ labels }: Pick<VolumeView, 'labels'>): boolean {
  return labels[RESTORE_LABEL.volume] !== undefined;
}

export function markerLabels({ volume, kept, labels, top }: UnfinishedRestore): Record<string, string> {
  return {
    ...labels,
    [RESTORE_LABEL.volume]: volume,
    [RESTORE_LABEL.kept]: kept,
    [RESTORE_LABEL.top]: `${top.uid}:${top.gid}:${top.mode.toString(8)}`,
  };
}

/** What a marker of this hub says; null for every other volume, and for a marker that does not say all. */
export function readMarker({ name, labels }: VolumeView, instance: string): UnfinishedRestore | null {
  const {
    [RESTORE_LABEL.volume]: volume,
    [RESTORE_LABEL.kept]: kept,
    [RESTORE_LABEL.top]: rights,
    ...rest
  } = labels;
  const top = RIGHTS.exec(rights ?? '');
  if (volume === undefined || kept === undefined || top === null || rest[LABEL.hub] !== instance) return null;
  const [, uid, gid, mode = ''] = top;
  return {
    marker: name,
    volume,
    kept,
    labels: rest,
    top: { uid: Number(uid), gid: Number(gid), mode: Number.parseInt(mode, 8) },
  };
}
