import type { Scopes } from '../../domain/scope.ts';
import type { ScopeGroupProps, ScopeProps } from '../views/account-props.ts';
import type { Messages } from '../views/messages/en.ts';
import { sayScope } from '../views/say.ts';

const TOPICS = ['servers', 'people', 'tokens', 'groups', 'services', 'hub'] as const;
type Topic = (typeof TOPICS)[number];

/**
 * The scopes that somebody may hand on to a token, by topic: exactly those that they hold, so that no box
 * offers what would be refused. What is their own is written as a reference to the owner (`!user`).
 */
export function offerScopes(
  t: Messages,
  held: Scopes,
  owner: string,
  chosen: ReadonlySet<string>,
): readonly ScopeGroupProps[] {
  const offered = held.map((scope) => ({ topic: topicOf(scope), props: present(t, scope, owner, chosen) }));
  return TOPICS.map((name) => ({
    name,
    scopes: offered.filter(({ topic }) => topic === name).map(({ props }) => props),
  })).filter(({ scopes }) => scopes.length > 0);
}

function present(t: Messages, scope: string, owner: string, chosen: ReadonlySet<string>): ScopeProps {
  const value = scope.endsWith(`!user=${owner}`) ? scope.slice(0, -owner.length - 1) : scope;
  return {
    value,
    sentence: sayScope(t, scope),
    limit: limitOf(t, value),
    checked: chosen.has(value),
  };
}

function limitOf(t: Messages, scope: string): string | null {
  const { filters } = t.tokens;
  const filter = scope.split('!')[1];
  if (filter === undefined) return null;
  const [kind, value = ''] = filter.split('=');
  if (value === '') return filters.own;
  if (kind === 'server') return filters.server(value);
  if (kind === 'group') return filters.group(value);
  return kind === 'service' ? filters.service(value) : filters.user(value);
}

/** Roles are given to people first of all; who is in a group is a fact about people. */
function topicOf(scope: string): Topic {
  const name = scope.split('!')[0] ?? scope;
  if (name.includes('shares')) return 'servers';
  if (name.startsWith('read:roles') || name.includes('users')) return 'people';
  if (name.includes('server')) return 'servers';
  if (name.includes('tokens')) return 'tokens';
  if (name.includes('groups')) return 'groups';
  return name.includes('services') || name.startsWith('custom:') ? 'services' : 'hub';
}
