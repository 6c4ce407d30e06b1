import type { Hub } from '../hub.ts';
import type { MemberResult } from '../views/groups-props.ts';
import { newNames } from './new-names.ts';

export type JoinAnswer =
  | { readonly kind: 'refused'; readonly why: 'tooMany' | 'noNames' }
  | { readonly kind: 'done'; readonly results: readonly MemberResult[] };

/** Puts everybody of a pasted list into a group, in one write, and says of each name what came of it. */
export async function joinMany(hub: Hub, group: string, text: string): Promise<JoinAnswer> {
  const { names, bad, tooMany } = newNames(text);
  if (tooMany) return { kind: 'refused', why: 'tooMany' };
  if (names.length + bad.length === 0) return { kind: 'refused', why: 'noNames' };
  const results = names.map((name): MemberResult => {
    const user = hub.tables.users.get(name);
    if (user === undefined) return { name, result: 'unknown' };
    return { name, result: user.groups.includes(group) ? 'member' : 'joined' };
  });
  const join = results.filter(({ result }) => result === 'joined').map(({ name }) => name);
  if (join.length > 0) await hub.changeGroups.members({ group, join });
  return { kind: 'done', results: [...results, ...bad.map((name) => ({ name, result: 'bad' as const }))] };
}
