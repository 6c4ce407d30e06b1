import type { Fact } from './fact.ts';

/** One line of the audit log. Never a secret: names, addresses and words of our own only. */
export interface AuditEntry {
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly what: AuditKind;
  /** Who did it: a user's or service's name, or `hub`. */
  readonly by: string;
  /** On whom or what; the empty string: on nobody in particular. */
  readonly on: string;
  /** Where from; the empty string for what the hub did by itself. */
  readonly address: string;
  /** In a few words: which door, which code, which call. */
  readonly detail: string;
}

export const AUDIT_KINDS = [
  'signed-in',
  'refused',
  'signed-out',
  'second-step',
  'account',
  'userlist',
  'act',
] as const;

export type AuditKind = (typeof AUDIT_KINDS)[number];

/** What of the log is wanted; `who` is looked for in {@link AuditEntry.by} and {@link AuditEntry.on}. */
export interface AuditQuery {
  readonly what: AuditKind | null;
  readonly who: string;
  readonly limit: number;
}

const TEXT_MAX = 300;

/** The line that a happening leaves in the audit log, or null: it leaves none. */
export function auditEntry(fact: Fact, at: number): AuditEntry | null {
  const entry = entryOf(fact);
  if (entry === null) return null;
  const short = (text: string): string => (text.length > TEXT_MAX ? `${text.slice(0, TEXT_MAX)}…` : text);
  const { what, by, on = '', address = '', detail = '' } = entry;
  return { at, what, by: short(by), on: short(on), address: short(address), detail: short(detail) };
}

type Told = Partial<Omit<AuditEntry, 'at'>> & Pick<AuditEntry, 'what' | 'by'>;

function entryOf(fact: Fact): Told | null {
  switch (fact.kind) {
    case 'signed-in':
      return {
        what: 'signed-in',
        by: fact.user,
        on: fact.user,
        address: fact.address,
        detail: fact.provider,
      };
    case 'sign-in-refused': {
      const detail = `${fact.provider} ${fact.code}`;
      return { what: 'refused', by: fact.name, on: fact.name, address: fact.address, detail };
    }
    case 'signed-out':
      return {
        what: 'signed-out',
        by: fact.by === 'user' ? fact.user : 'hub',
        on: fact.user,
        detail: fact.by,
      };
    case 'second-step':
      return { what: 'second-step', by: fact.by, on: fact.user, detail: fact.what };
    case 'signed-up':
      return { what: 'account', by: fact.by, on: fact.name, detail: fact.what };
    case 'userlist-changed': {
      const { added, removed } = fact;
      const detail = `${added.length} added: ${added.join(', ')}; ${removed.length} removed: ${removed.join(', ')}`;
      return { what: 'userlist', by: 'hub', detail };
    }
    case 'userlist-refused':
      return { what: 'userlist', by: 'hub', detail: `refused: ${fact.reason}` };
    case 'acted':
      return { what: 'act', by: fact.by, on: fact.on, address: fact.address, detail: fact.call };
    default:
      return null;
  }
}

/** Whether an entry is among those that were asked for. */
export function fitsQuery(entry: AuditEntry, { what, who }: AuditQuery): boolean {
  const part = who.trim().toLowerCase();
  if (what !== null && entry.what !== what) return false;
  return part === '' || entry.by.toLowerCase().includes(part) || entry.on.toLowerCase().includes(part);
}
