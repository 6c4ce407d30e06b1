import type { User } from '../../domain/user.ts';
import { openAuthState } from '../../usecases/open-session.ts';
import type { Hub } from '../hub.ts';

type Model = Record<string, unknown> | null;

/**
 * Fills in what the provider told at the user's latest sign-in, as JupyterHub does: for one user at a time, for
 * those callers alone whose scopes have brought the field (`admin:auth_state`), and only with
 * `enable_auth_state`.
 */
export function withAuthState(hub: Hub, user: User, model: Model): Model {
  if (!hub.settings.showAuthState || model === null || !('auth_state' in model)) return model;
  const sessions = hub.tables.sessions.where('user', user.name);
  const [latest] = sessions
    .filter(({ authState }) => authState !== null)
    .toSorted((a, b) => b.created - a.created);
  return { ...model, auth_state: latest === undefined ? null : openAuthState(hub.sealer, latest) };
}
