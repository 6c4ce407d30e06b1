import { readFile } from 'node:fs/promises';
import { type Access, parseAccess } from './config/access-file.ts';
import type { LiveSettings, Renewal } from './config/live-settings.ts';
import type { Loaded } from './config/load-configuration.ts';
import type { Settings } from './config/settings.ts';
import { loadRoles, type Role, type Roles, withSharing } from './domain/role.ts';
import type { Drafts, Store } from './domain/store.ts';

/** Roles and services of the configuration, and of the file that may hold more of them. */
export async function readAccess({ accessFile, loadRoles: roles, services }: Settings): Promise<Access> {
  if (accessFile === null) return { roles, services };
  const more = parseAccess(await readFile(accessFile, 'utf8'), accessFile);
  return { roles: [...roles, ...more.roles], services: [...services, ...more.services] };
}

/** Roles that may change while the hub runs. Everybody holds the one map, so its inside is what is replaced. */
export function makeLiveRoles(first: readonly Role[], store: Store, sharing: boolean) {
  const load = (configured: readonly Role[], share: boolean): Roles =>
    share ? withSharing(loadRoles(configured)) : loadRoles(configured);
  const roles = new Map(load(first, sharing));
  return {
    roles: roles as Roles,
    /** @throws RangeError as loadRoles does, before anything has changed. */
    check: (configured: readonly Role[]): void => void loadRoles(configured),
    replace: (configured: readonly Role[], share: boolean): void => {
      const fresh = load(configured, share);
      if (JSON.stringify([...fresh]) === JSON.stringify([...roles])) return;
      roles.clear();
      for (const [name, role] of fresh) roles.set(name, role);
      // What is worked out of a record is remembered with it: a new record is worked out anew.
      store.touch((drafts) => renewRecords(store, drafts));
    },
  };
}

function renewRecords(store: Store, drafts: Drafts): void {
  for (const user of [...store.users.values()]) drafts.users.put({ ...user });
  for (const token of [...store.tokens.values()]) drafts.tokens.put({ ...token });
}

interface Parts {
  readonly live: LiveSettings;
  readonly liveRoles: ReturnType<typeof makeLiveRoles>;
  /** Roles and services as they were at the start. */
  readonly first: Access;
  /** What holds copies of settings is told here, in order; all of it happens or nothing does. */
  readonly changed: (access: Access) => Promise<void>;
}

/** Puts what may change in force: the settings, and roles and services with the file that may hold more of them. */
export function makeRenewSettings({ live, liveRoles, first, changed }: Parts) {
  let fileBefore = ofFile(first, live.current);
  return async (loaded: Loaded): Promise<Renewal> => {
    if ('faults' in loaded) return live.renew(loaded);
    let access: Access;
    try {
      // The file's name is a setting that takes a restart: the one in force is read.
      access = await readAccess({ ...loaded.settings, accessFile: live.current.accessFile });
      liveRoles.check(access.roles);
    } catch (error) {
      return { kind: 'refused', reasons: [error instanceof Error ? error.message : String(error)] };
    }
    const renewal = live.renew(loaded);
    const file = ofFile(access, loaded.settings);
    const accessChanged = file !== fileBefore;
    fileBefore = file;
    if (renewal.kind === 'refused' || (renewal.changed.length === 0 && !accessChanged)) return renewal;
    liveRoles.replace(access.roles, live.current.allowSharing);
    await changed(access);
    const also = accessChanged && live.current.accessFile !== null ? ['ACCESS_FILE'] : [];
    return { ...renewal, changed: [...new Set([...renewal.changed, ...also])] };
  };
}

/** What the file added to the settings: its roles and services stand after theirs. */
function ofFile(access: Access, { loadRoles, services }: Settings): string {
  return JSON.stringify([access.roles.slice(loadRoles.length), access.services.slice(services.length)]);
}
