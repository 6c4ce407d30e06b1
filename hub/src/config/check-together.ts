import { loadRoles } from '../domain/role.ts';
import { clusterFaults, clusterWarnings } from './cluster-faults.ts';
import { cullFaults } from './cull-faults.ts';
import { oauthFaults } from './oauth-faults.ts';
import type { Settings } from './settings.ts';
import { signInFaults } from './sign-in-faults.ts';
import type { Fault } from './source.ts';
import { rootFaults } from './spawn-menu.ts';

/** What a setting is called where it was said, by its name in `.env`. */
type Called = (env: string) => Omit<Fault, 'reason'>;

/** Settings that only make sense with others. */
export function checkTogether(settings: Settings, called: Called): readonly Fault[] {
  const { baseUrl, publicUrl } = settings;
  const faults: Fault[] = [
    ...oauthFaults(settings),
    ...signInFaults(settings),
    ...cullFaults(settings),
    ...clusterFaults(settings),
  ].map(({ env, reason }) => ({ ...called(env), reason }));
  const path = publicUrl === null ? baseUrl : new URL(publicUrl).pathname;
  if (path.replace(/\/$/, '') !== baseUrl.replace(/\/$/, '')) {
    faults.push({ ...called('PUBLIC_URL'), reason: `has another path than ${called('BASE_URL').name}` });
  }
  return [...faults, ...roleFaults(settings, called), ...sharedFaults(settings, called)];
}

/** What stands there and will not be done. A z2jh file with a profile for root starts all the same. */
export function warnTogether(settings: Settings, called: Called): readonly Fault[] {
  const root = rootFaults(settings).map((reason) => ({ env: 'PROFILES', reason }));
  return [...root, ...clusterWarnings(settings)].map(({ env, reason }) => ({ ...called(env), reason }));
}

/** A path of the machine is shared only where the administrator has opened it. */
function sharedFaults({ sharedFolders, sharedRoots }: Settings, called: Called): readonly Fault[] {
  const beneath = (path: string) =>
    sharedRoots.some((root) => path === root || path.startsWith(`${root.replace(/\/+$/, '')}/`));
  return sharedFolders
    .filter(({ type, source }) => type === 'bind' && !beneath(source))
    .map(({ source }) => ({
      ...called('SHARED_FOLDERS'),
      reason: `has ${source}, which is not beneath a folder of ${called('SHARED_ROOTS').name}`,
    }));
}

function roleFaults(settings: Settings, called: Called): readonly Fault[] {
  try {
    loadRoles(settings.loadRoles);
    return [];
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return [{ ...called('LOAD_ROLES'), reason: `cannot be: ${error.message}` }];
  }
}
