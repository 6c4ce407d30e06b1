import type { Settings } from './config/settings.ts';
import { anyAllowConfig } from './domain/admission.ts';
import type { ComposedHub } from './main-hub.ts';

/**
 * How signing in does, in one sentence that begins with `ok`: none of this makes a hub unwell, and all of it
 * an administrator wants to know.
 */
export function signInHealth({ hub, store, admission }: ComposedHub, settings: Settings): string {
  const faults: string[] = [];
  // Unsafe is not unwell: a hub for trials must not be taken for a broken one.
  if (hub.settings.unsafe) faults.push('unsafe: one password opens every account');
  if (!anyAllowConfig(admission(), hasOwnRules(settings)) && hub.providers.length > 0) {
    const invited = [...store.users.values()].filter((user) => user.invited).length;
    faults.push(
      `no list says who may come in (allowed_users, the userlist, allowed_organizations …): only the ${invited} who were added here`,
    );
  }
  for (const [provider, detail] of hub.refreshSession.unreachable()) {
    faults.push(`${provider} could not be asked again: ${detail}`);
  }
  return faults.length === 0 ? 'ok' : `ok, but ${faults.join('; ')}`;
}

/** Whether a provider has rules of its own by which it lets people in. */
function hasOwnRules({ githubOrganizations }: Settings): boolean {
  return githubOrganizations.length > 0;
}
