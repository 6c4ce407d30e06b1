import { z } from 'zod';
import type { SharedFolder } from '../../domain/shared-folder.ts';
import { bytes, list, number, oneOf, optionalText, setting } from '../setting.ts';
import { readSharedFolders } from '../shared-folders.ts';

const sharedFolders = z
  .unknown()
  .meta({ type: ['array', 'object', 'string', 'null'] })
  .transform((value, context): readonly SharedFolder[] => {
    const read = readSharedFolders(jsonOf(value));
    if (typeof read !== 'string') return read;
    context.addIssue({ code: 'custom', message: `is wrong: ${read}` });
    return z.NEVER;
  });

function jsonOf(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  if (value.trim() === '') return undefined;
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}

/** Folders that people share, room for files, and environments that they save. */
export const STORAGE_SETTINGS = {
  sharedFolders: setting({
    env: 'SHARED_FOLDERS',
    trait: 'singleuser.storage.shared',
    doc: 'Folders that members of groups share: a list of `{name, writers, readers, volume or hostPath, path}`; in `.env` as JSON. `writers` and `readers` are groups, or `*`. `{group}` as name: a folder for each group. Mounted at `/home/jovyan/shared/<name>` unless `path` says otherwise.',
    type: sharedFolders,
    reload: true,
  }),
  sharedRoots: setting({
    env: 'SHARED_ROOTS',
    doc: 'Folders of this machine beneath which a shared folder may have its `hostPath`.',
    type: list,
  }),
  sharedGid: setting({
    env: 'SHARED_GID',
    doc: 'Number of the group that shared folders belong to; each server that may write in one is in it. 100 is `users`, the group of the Jupyter docker-stacks.',
    type: number(1, 2 ** 32 - 2),
    fallback: '100',
  }),
  storageQuota: setting({
    env: 'STORAGE_QUOTA',
    trait: 'singleuser.storage.capacity',
    doc: 'How much the files on a person’s volume may take, such as `10Gi`. Empty: no limit.',
    type: bytes,
  }),
  storageQuotaAction: setting({
    env: 'STORAGE_QUOTA_ACTION',
    doc: 'What is done with `STORAGE_QUOTA`: `warn` measures and tells people on their home page; `refuse` also lets no server start while there is too much; `hard` has the engine keep new volumes within it, which needs XFS with pquota.',
    type: oneOf('warn', 'refuse', 'hard'),
    fallback: 'warn',
  }),
  layerQuota: setting({
    env: 'CONTAINER_DISK_LIMIT',
    doc: 'How much a container may write outside of its volumes, such as `10G`. Kept by the engine, which needs overlay2 on XFS with pquota (or btrfs, zfs). Empty: no limit.',
    type: bytes,
  }),
  environmentSavers: setting({
    env: 'ENVIRONMENT_SAVERS',
    doc: 'Groups whose members may save their running server as an environment of their own; `*`: everybody. Empty: administrators only.',
    type: list,
    reload: true,
  }),
  environmentsPerUser: setting({
    env: 'ENVIRONMENTS_PER_USER',
    doc: 'How many environments may be saved of one person’s servers. Administrators may save more.',
    type: number(0, 1000),
    fallback: '3',
    reload: true,
  }),
  keeperImage: setting({
    env: 'KEEPER_IMAGE',
    doc: 'Image with which files of volumes are read and written. Nothing in it ever runs. Empty: any that is on the machine.',
    type: optionalText,
  }),
} as const;
