import { isGroupName } from './group.ts';
import type { Mount } from './settings.ts';
import { escapeDash } from './slug.ts';

/** Everybody of the hub or, in a folder whose name holds `{group}`, every group. */
export const EVERYBODY = '*';

/** A folder that people share by their groups. In the three texts `{group}` is replaced: then it is a folder for each group. */
export interface SharedFolder {
  readonly name: string;
  readonly type: 'volume' | 'bind';
  /** Name of a volume, or a path of the machine. */
  readonly source: string;
  readonly path: string;
  /** Names of groups, or {@link EVERYBODY}. Who is in both writes. */
  readonly writers: readonly string[];
  readonly readers: readonly string[];
}

/** What a member's container gets of a shared folder. */
export interface SharedMount extends Mount {
  readonly shared: true;
}

/**
 * The folders of one person, from the groups that they are in now: who has left a group has no mount at the next start.
 * A group whose name could not be made here is left out: its name goes into paths.
 */
export function sharedMounts(
  folders: readonly SharedFolder[],
  { groups }: { readonly groups: readonly string[] },
): readonly SharedMount[] {
  const sound = groups.filter(isGroupName);
  return folders.flatMap((folder) =>
    isForEachGroup(folder)
      ? sound.flatMap((group) => mountOf(folder, [group], group))
      : mountOf(folder, sound, ''),
  );
}

/** Whether it stands for one folder a group. */
export function isForEachGroup({ source, path }: Pick<SharedFolder, 'source' | 'path'>): boolean {
  return source.includes('{group}') || path.includes('{group}');
}

/** One mount, or none for who is neither writer nor reader; `group` fills the braces. */
function mountOf(folder: SharedFolder, groups: readonly string[], group: string): readonly SharedMount[] {
  const writes = isAmong(folder.writers, groups);
  if (!writes && !isAmong(folder.readers, groups)) return [];
  const { type, source, path } = folder;
  return [
    {
      type,
      source: source.replaceAll('{group}', type === 'volume' ? escapeDash(group) : group),
      path: path.replaceAll('{group}', group),
      readOnly: !writes,
      shared: true,
    },
  ];
}

function isAmong(named: readonly string[], groups: readonly string[]): boolean {
  return named.includes(EVERYBODY) || named.some((group) => groups.includes(group));
}
