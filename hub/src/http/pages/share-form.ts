import { holds } from '../../domain/scope.ts';
import { EVERYONE, type Grantee } from '../../domain/share.ts';
import { normalizeUsername } from '../../domain/user.ts';
import { groupsOf } from '../api/groups-of.ts';
import type { Hub } from '../hub.ts';
import type { Messages } from '../views/messages/en.ts';
import type { ShareProps, ShareTerm } from '../views/share-props.ts';
import type { Person } from './signed-in.ts';

const TERMS: readonly ShareTerm[] = ['3600', '86400', '604800', '2592000', 'never', 'date'];
const NAMES_MAX = 100;
const DAY_MS = 24 * 3600_000;

type Form = ShareProps['form'];
type Fault = keyof Messages['share']['errors'];

/** What stands in the form when it is opened: a week, because what is forgotten should end by itself. */
export const EMPTY_FORM: Form = { names: '', group: '', everyone: false, ends: '604800', date: '' };

/** The form as it was sent. */
export function sentForm(form: URLSearchParams): Form {
  return {
    names: (form.get('names') ?? '').slice(0, 10_000),
    group: form.get('group') ?? '',
    everyone: form.get('everyone') === 'yes',
    ends: TERMS.find((term) => term === form.get('ends')) ?? EMPTY_FORM.ends,
    date: form.get('date') ?? '',
  };
}

export interface Wanted {
  readonly people: readonly Grantee[];
  readonly expires: number | null;
}

/** Whom it means and until when; or what is wrong with it, and then nobody gets anything. */
export function readForm(
  hub: Hub,
  person: Person,
  owner: string,
  form: Form,
): Wanted | { readonly fault: Fault; readonly names: string } {
  const names = [...new Set(form.names.split(/[\s,;]+/).map(normalizeUsername))].filter(
    (name) => name !== '',
  );
  const fault = (which: Fault, told: readonly string[] = []) => ({ fault: which, names: told.join(', ') });
  if (names.length > NAMES_MAX) return fault('tooMany');
  // Who may not know who is here is told the same of everybody.
  const unknown = names.filter((name) => !mayName(hub, person, 'user', name));
  if (unknown.length > 0)
    return fault(
      'unknown',
      unknown.slice(0, 5).map((name) => name.slice(0, 80)),
    );
  if (names.includes(owner)) return fault('owner');
  if (form.group !== '' && !mayName(hub, person, 'group', form.group)) return fault('noGroup');
  const expires = endOf(form, hub.clock.now());
  if (expires === 'bad') return fault('date');
  const people: readonly Grantee[] = [
    ...names.map((name): Grantee => ({ kind: 'user', name })),
    ...(form.group === '' ? [] : [{ kind: 'group', name: form.group } as const]),
    ...(form.everyone ? [EVERYONE] : []),
  ];
  return people.length === 0 ? fault('nobody') : { people, expires };
}

/** Groups that this person may name: those they may know of, and their own. */
export function groupsToShareWith(hub: Hub, person: Person): readonly string[] {
  return [...hub.tables.groups.values()]
    .map(({ name }) => name)
    .filter((name) => mayName(hub, person, 'group', name))
    .toSorted();
}

function mayName(hub: Hub, { user, scopes }: Person, kind: 'user' | 'group', name: string): boolean {
  const table = kind === 'user' ? hub.tables.users : hub.tables.groups;
  if (table.get(name) === undefined) return false;
  if (kind === 'group' && user.groups.includes(name)) return true;
  const need = kind === 'user' ? 'read:users:name' : 'read:groups:name';
  return holds(scopes, need, { kind, value: name }, groupsOf(hub));
}

function endOf({ ends, date }: Form, now: number): number | null | 'bad' {
  if (ends === 'never') return null;
  if (ends !== 'date') return now + Number(ends) * 1000;
  const day = /^\d{4}-\d\d-\d\d$/.test(date) ? Date.parse(`${date}T00:00:00Z`) : Number.NaN;
  const end = day + DAY_MS;
  return Number.isFinite(end) && end > now && end < now + 3650 * DAY_MS ? end : 'bad';
}
