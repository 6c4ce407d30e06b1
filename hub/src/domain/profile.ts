import type { SpawnSettings } from './settings.ts';

/** What of a start a profile may change. */
const CHANGEABLE = [
  'image',
  'pullPolicy',
  'command',
  'entrypoint',
  'args',
  'defaultUrl',
  'notebookDir',
  'volumeDir',
  'memory',
  'memoryGuarantee',
  'cpus',
  'cpuGuarantee',
  'gpus',
  'pids',
  'shmSize',
  'ulimits',
  'dns',
  'extraHosts',
  'uid',
  'gid',
  'groups',
  'mounts',
  'devices',
  'startTimeout',
  'httpTimeout',
  'portForwarding',
  'genericResources',
  'cull',
  'web',
] as const satisfies readonly (keyof SpawnSettings)[];

/** Changes to the settings of one start. Absent is "as it is"; a variable that is null is taken away. */
export type Override = Partial<Pick<SpawnSettings, (typeof CHANGEABLE)[number]>> & {
  readonly environment?: Readonly<Record<string, string | null>>;
  /** Labels of a machine; one that is null is not asked for. */
  readonly nodeSelector?: Readonly<Record<string, string | null>>;
};

export interface Choice {
  readonly key: string;
  readonly name: string;
  readonly isDefault: boolean;
  readonly override: Override;
}

/** A text of one's own instead of a choice. */
export interface UnlistedChoice {
  /** Above the field for the text. */
  readonly name: string;
  /** Among the choices, as the last: "Other…". */
  readonly choiceName: string;
  /** For the browser, which anchors it at both ends; null: any text. */
  readonly pattern: string | null;
  readonly message: string;
  /** What it changes, or null when the text may not be. Takes time in proportion to the text, whatever the pattern. */
  readonly read: (text: string) => Override | null;
}

export interface ProfileOption {
  readonly key: string;
  readonly name: string;
  readonly choices: readonly Choice[];
  readonly unlisted: UnlistedChoice | null;
}

/** A kind of server that people may start, as in z2jh's `singleuser.profileList`. */
export interface Profile {
  readonly slug: string;
  readonly name: string;
  readonly description: string;
  readonly isDefault: boolean;
  readonly override: Override;
  readonly options: readonly ProfileOption[];
  /** Whose: members of these groups and these people; everybody's when both are null. */
  readonly allowedGroups: readonly string[] | null;
  readonly allowedUsers: readonly string[] | null;
}

/** Whether the owner of a server may use a profile for it. Being an administrator makes no difference. */
export function mayUse(
  profile: Pick<Profile, 'allowedGroups' | 'allowedUsers'>,
  owner: { readonly name: string; readonly groups: readonly string[] },
): boolean {
  const { allowedGroups, allowedUsers } = profile;
  if (allowedGroups === null && allowedUsers === null) return true;
  return (
    (allowedUsers?.includes(owner.name) ?? false) ||
    (allowedGroups?.some((group) => owner.groups.includes(group)) ?? false)
  );
}

/** The settings with the changes made to them, in their order: variables and labels are merged, all else is replaced. */
export function applyOverrides(settings: SpawnSettings, overrides: readonly Override[]): SpawnSettings {
  let made = settings;
  for (const { environment = {}, nodeSelector, ...changes } of overrides) {
    made = { ...made, ...changes, environment: merged(made.environment, environment) };
    if (nodeSelector !== undefined)
      made = { ...made, nodeSelector: merged(made.nodeSelector ?? {}, nodeSelector) };
  }
  return made;
}

function merged(
  before: Readonly<Record<string, string>>,
  changes: Readonly<Record<string, string | null>>,
): Readonly<Record<string, string>> {
  const pairs = Object.entries({ ...before, ...changes });
  return Object.fromEntries(pairs.filter((pair): pair is [string, string] => pair[1] !== null));
}
