import type { Caller } from '../../domain/caller.ts';
import type { Scopes } from '../../domain/scope.ts';
import type { Server } from '../../domain/server.ts';
import type { User } from '../../domain/user.ts';
import type { Hub } from '../hub.ts';
import { presentUser, type UserView } from './present-user.ts';

/** A user as they were last shown, and all that it was made of. */
interface Shown {
  readonly scopes: Scopes;
  readonly callerScopes: Scopes;
  readonly stopped: boolean;
  readonly servers: readonly Server[];
  readonly text: string | null;
}

// Records and scopes are never changed in place: made of the same ones, the text is the same.
const shown = new WeakMap<User, Shown>();

/**
 * {@link presentUser} as JSON, written once for whoever asks again: a notebook for its visitor, a culler for
 * everybody. Null when the caller may see nothing.
 */
export function userText(hub: Hub, caller: Caller, user: User, view: UserView = {}): string | null {
  const last = shown.get(user);
  const scopes = view.scopes ?? caller.scopes;
  const stopped = view.stopped === true;
  const servers = hub.tables.servers.where('user', user.name);
  if (
    last?.scopes === scopes &&
    last.callerScopes === caller.scopes &&
    last.stopped === stopped &&
    isSame(last.servers, servers)
  ) {
    return last.text;
  }
  const model = presentUser(hub, caller, user, view);
  const text = model === null ? null : JSON.stringify(model);
  shown.set(user, { scopes, callerScopes: caller.scopes, stopped, servers, text });
  return text;
}

function isSame(before: readonly Server[], now: readonly Server[]): boolean {
  return before.length === now.length && before.every((server, at) => server === now[at]);
}
