import { describeProblem, isProblemCode } from '../../domain/problem.ts';
import { isOpen, type Server, type ServerFailure, serverPath } from '../../domain/server.ts';
import { usernameInUrl } from '../../domain/user.ts';
import type { Hub } from '../hub.ts';
import type { Messages } from '../views/messages/en.ts';
import { sayProblem } from '../views/say.ts';
import type { FailureProps, ServerCardProps, ServerLinks } from '../views/server-props.ts';
import { idleOf } from './present-idle.ts';
import { usageOf, usagePath } from './present-usage.ts';
import { asksSomething } from './spawn-choices.ts';

/** Addresses of one server. */
export function linksOf(baseUrl: string, { user, name }: Pick<Server, 'user' | 'name'>): ServerLinks {
  const end = name === '' ? usernameInUrl(user) : `${usernameInUrl(user)}/${encodeURIComponent(name)}`;
  return {
    open: serverPath(baseUrl, user, name),
    start: `${baseUrl}hub/spawn/${end}`,
    stop: `${baseUrl}hub/stop/${end}`,
    keep: `${baseUrl}hub/keep/${end}`,
    port: `${baseUrl}hub/port/${end}`,
    progress: `${baseUrl}hub/spawn-pending/${end}`,
    stream: `${baseUrl}hub/progress/${end}`,
  };
}

/** What a page calls it, to whom it belongs to or to somebody else. */
export function labelOf(t: Messages, { user, name }: Pick<Server, 'user' | 'name'>, viewer: string): string {
  if (user === viewer) return name === '' ? t.server.own : t.server.ownNamed(name);
  return name === '' ? t.server.of(user) : t.server.ofNamed(user, name);
}

/** A failure in words; the engine's own only for administrators. */
export function failureOf(t: Messages, server: Server, forAdmin: boolean): FailureProps | null {
  const { failure } = server;
  if (failure === null) return null;
  const words = wordsOf(t, server, failure);
  return {
    at: failure.at,
    code: failure.code,
    title: words.title,
    user: words.user,
    admin: forAdmin
      ? {
          sentence: words.admin,
          // Often the sentence itself, with its code before it: once is enough.
          detail: failure.detail.endsWith(words.admin) ? '' : failure.detail,
          exitCode: failure.exitCode,
          outOfMemory: failure.outOfMemory,
        }
      : null,
    log: failure.log,
  };
}

function wordsOf(t: Messages, server: Server, failure: ServerFailure) {
  const code = isProblemCode(failure.code) ? failure.code : 'SPAWN-199';
  const facts = {
    image: server.image,
    exitCode: failure.exitCode,
    detail: failure.detail,
    ...failure.facts,
  };
  return { ...sayProblem(t, code, facts), admin: describeProblem(code, facts).admin };
}

/** A server as a card of the home page. */
export function cardOf(
  hub: Hub,
  t: Messages,
  server: Server,
  viewer: { name: string; admin: boolean },
): ServerCardProps {
  const links = linksOf(hub.settings.baseUrl, server);
  return {
    label: labelOf(t, server, viewer.name),
    state: server.state,
    image: server.image,
    started: server.started,
    lastActivity: server.lastActivity,
    idle: idleOf(hub, server, links.keep),
    stopReason: server.stopReason,
    failure: failureOf(t, server, viewer.admin),
    ...machineOf(hub, server),
    choose: asksSomething(hub.offer(server.user)),
    links,
    usage: usageOf(hub, server),
    usagePage: usagePath(hub.settings.baseUrl, server),
  };
}

/** Nothing where all servers run on one machine. */
function machineOf(
  { machines }: Hub,
  server: Server,
): Pick<ServerCardProps, 'machine' | 'closing' | 'moved'> {
  if (machines === undefined || !isOpen(server)) return {};
  return { machine: machines.machineOf(server), closing: machines.noteOf(server), moved: server.moved };
}
