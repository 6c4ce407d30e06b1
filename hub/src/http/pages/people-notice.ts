import type { Hub } from '../hub.ts';
import type { HubContext } from '../hub-context.ts';
import type { Messages } from '../views/messages/en.ts';
import { newNames } from './new-names.ts';

/** An address may be some thousand characters long, with `,` as three of them. */
const MOST_CHARACTERS = 3000;
const AND_MORE = '…';

/** Names for the address after adding them: a class whole, of a thousand the first ones and `…`. */
export function toldNames(names: readonly string[]): string {
  const whole = names.join(',');
  if (whole.length <= MOST_CHARACTERS) return whole;
  return `${whole.slice(0, whole.lastIndexOf(',', MOST_CHARACTERS))},${AND_MORE}`;
}

/** What was done just now. It is read from the address, which anybody may write, so it says only what is true. */
export function noticeOf(hub: Hub, ctx: HubContext, t: Messages): string | null {
  const { notice } = t.admin;
  const { tables, signUp } = hub;
  const one = (word: string): string | null => {
    const given = ctx.query[word];
    return typeof given === 'string' ? (newNames(given).names[0] ?? null) : null;
  };
  const { added } = ctx.query;
  if (typeof added === 'string') {
    const names = added.split(',').filter((name) => tables.users.get(name) !== undefined);
    if (names.length > 0 && added.endsWith(`,${AND_MORE}`)) names.push(AND_MORE);
    return names.length === 0 ? null : notice.added(names.join(', '));
  }
  const removed = one('removed');
  if (removed !== null && tables.users.get(removed) === undefined) return notice.removed(removed);
  const approved = one('approved');
  if (approved !== null && tables.credentials.get(approved) !== undefined) return notice.approved(approved);
  const rejected = one('rejected');
  if (rejected !== null && !signUp.waiting().some(({ name }) => name === rejected)) {
    return notice.rejected(rejected);
  }
  const dropped = one('dropped');
  if (dropped !== null && tables.credentials.get(dropped)?.secondFactor === null)
    return notice.dropped(dropped);
  return null;
}
