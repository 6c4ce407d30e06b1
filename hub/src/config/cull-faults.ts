import { policyOf } from '../domain/cull-policy.ts';
import type { CullPolicy } from '../domain/cull-settings.ts';
import { cullSettings } from './rooms.ts';
import type { Settings } from './settings.ts';

interface CullFault {
  readonly env: string;
  readonly reason: string;
}

/** Sleep that would come after the stop: somebody has mixed up the two, or will wait for it in vain. */
export function cullFaults(settings: Settings): readonly CullFault[] {
  const cull = cullSettings(settings);
  const base = policyOf(cull, []);
  const faults: CullFault[] = [];
  const check = (env: string, policy: CullPolicy, whose: string): void => {
    const { freezeTimeout: freeze, timeout: stop } = policy;
    if (freeze === null || stop === null || freeze < stop) return;
    const reason = `${whose} would put servers to sleep after ${freeze} s, when they have been stopped after ${stop} s`;
    faults.push({ env, reason });
  };
  check('FREEZE_TIMEOUT', base, '');
  for (const { group } of cull.groups) check('CULL_GROUPS', policyOf(cull, [group]), `of ${group}`);
  for (const { slug, override } of settings.profileList.profiles) {
    if (override.cull !== undefined) check('PROFILES', policyOf(cull, [], override.cull), `of ${slug}`);
  }
  return faults.map(({ env, reason }) => ({ env, reason: reason.trim() }));
}
