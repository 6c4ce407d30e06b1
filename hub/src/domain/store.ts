import type { Announcement } from './announcement.ts';
import type { Credential } from './credential.ts';
import type { Departure } from './departure.ts';
import type { Group } from './group.ts';
import type { Invitation } from './invitation.ts';
import type { SavedEnvironment } from './saved-environment.ts';
import type { ScheduleRun } from './schedule.ts';
import type { Server } from './server.ts';
import type { Service } from './service.ts';
import type { Session } from './session.ts';
import type { Share, ShareCode } from './share.ts';
import type { SignUp } from './sign-up.ts';
import type { OAuthClient, OAuthCode, Token } from './token.ts';
import type { User } from './user.ts';
import type { VolumeHome } from './volume-home.ts';

/** Records of one kind, in memory. Reading never waits and never scans unless `values` is used. */
export interface Table<T> {
  readonly size: number;
  get(key: string): T | undefined;
  values(): Iterable<T>;
}

/** A table with look-ups beside its key. Asking for an index that was not declared is a type error. */
export interface IndexedTable<T, Index extends string> extends Table<T> {
  where(index: Index, value: string): readonly T[];
}

export interface Draft<T> {
  put(record: T): void;
  delete(key: string): void;
}

export interface Tables {
  readonly users: IndexedTable<User, 'group'>;
  readonly servers: IndexedTable<Server, 'user'>;
  readonly sessions: IndexedTable<Session, 'user' | 'sharedId'>;
  readonly tokens: IndexedTable<Token, 'user' | 'sessionId' | 'clientId' | 'server' | 'former'>;
  readonly clients: IndexedTable<OAuthClient, 'user'>;
  readonly codes: IndexedTable<OAuthCode, 'user' | 'clientId'>;
  readonly credentials: Table<Credential>;
  readonly signUps: Table<SignUp>;
  readonly invitations: Table<Invitation>;
  readonly groups: Table<Group>;
  readonly services: IndexedTable<Service, 'tokenHash' | 'clientId'>;
  readonly departures: Table<Departure>;
  readonly announcements: Table<Announcement>;
  readonly scheduleRuns: Table<ScheduleRun>;
  readonly environments: IndexedTable<SavedEnvironment, 'user'>;
  /** `server`: its key; `to`: see `granteeKey`. */
  readonly shares: IndexedTable<Share, 'owner' | 'server' | 'to'>;
  readonly shareCodes: IndexedTable<ShareCode, 'owner' | 'server'>;
  /** By volume. `machine`: its id. */
  readonly volumeHomes: IndexedTable<VolumeHome, 'machine'>;
}

export type TableName = keyof Tables;
export type RecordOf<Name extends TableName> = Tables[Name] extends Table<infer T> ? T : never;
export type Drafts = { readonly [Name in TableName]: Draft<RecordOf<Name>> };

/**
 * The hub's memory. Records are never changed in place: `put` replaces.
 *
 * `change` applies all of its writes at once, resolves when they are on the disk, and when they cannot
 * be brought there takes them back and throws Problem STORE-001. `touch` is for what may be lost with
 * the last minute (activity): it reaches the disk with the next change, or within a minute.
 */
export interface Store extends Tables {
  change<T>(write: (drafts: Drafts) => T): Promise<T>;
  touch(write: (drafts: Drafts) => void): void;
  /** Brings everything to the disk and lets go of the lock. */
  close(): Promise<void>;
}
