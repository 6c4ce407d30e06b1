import type { Announcement } from '../../domain/announcement.ts';
import type { Credential } from '../../domain/credential.ts';
import type { Departure } from '../../domain/departure.ts';
import type { Group } from '../../domain/group.ts';
import type { Invitation } from '../../domain/invitation.ts';
import type { SavedEnvironment } from '../../domain/saved-environment.ts';
import type { ScheduleRun } from '../../domain/schedule.ts';
import type { Server } from '../../domain/server.ts';
import { serverKey } from '../../domain/server.ts';
import type { Service } from '../../domain/service.ts';
import type { Session } from '../../domain/session.ts';
import { granteeKey, type Share, type ShareCode, shareKey } from '../../domain/share.ts';
import type { SignUp } from '../../domain/sign-up.ts';
import type { Drafts, TableName, Tables } from '../../domain/store.ts';
import type { OAuthClient, OAuthCode, Token } from '../../domain/token.ts';
import type { User } from '../../domain/user.ts';
import type { VolumeHome } from '../../domain/volume-home.ts';
import { MemoryTable } from './table.ts';

/** The hub's tables with their keys and look-ups. */
export function makeTables() {
  return {
    users: new MemoryTable<User, 'group'>({
      key: (user) => user.name,
      indexes: { group: (user) => user.groups },
    }),
    servers: new MemoryTable<Server, 'user'>({
      key: (server) => serverKey(server.user, server.name),
      indexes: { user: (server) => server.user },
    }),
    sessions: new MemoryTable<Session, 'user' | 'sharedId'>({
      key: (session) => session.idHash,
      indexes: { user: (session) => session.user, sharedId: (session) => session.sharedId },
    }),
    tokens: new MemoryTable<Token, 'user' | 'sessionId' | 'clientId' | 'server' | 'former'>({
      key: (token) => token.hash,
      indexes: {
        user: (token) => token.user,
        sessionId: (token) => token.sessionId,
        clientId: (token) => token.clientId,
        server: (token) => token.server,
        former: (token) => token.former ?? null,
      },
    }),
    clients: new MemoryTable<OAuthClient, 'user'>({
      key: (client) => client.id,
      indexes: { user: (client) => client.user },
    }),
    codes: new MemoryTable<OAuthCode, 'user' | 'clientId'>({
      key: (code) => code.hash,
      indexes: { user: (code) => code.user, clientId: (code) => code.clientId },
    }),
    credentials: new MemoryTable<Credential>({ key: (credential) => credential.user, indexes: {} }),
    signUps: new MemoryTable<SignUp>({ key: (signUp) => signUp.name, indexes: {} }),
    invitations: new MemoryTable<Invitation>({ key: (invitation) => invitation.hash, indexes: {} }),
    groups: new MemoryTable<Group>({ key: (group) => group.name, indexes: {} }),
    services: new MemoryTable<Service, 'tokenHash' | 'clientId'>({
      key: (service) => service.name,
      indexes: { tokenHash: (service) => service.tokenHash, clientId: (service) => service.clientId },
    }),
    departures: new MemoryTable<Departure>({ key: (departure) => departure.user, indexes: {} }),
    announcements: new MemoryTable<Announcement>({ key: (announcement) => announcement.id, indexes: {} }),
    environments: new MemoryTable<SavedEnvironment, 'user'>({
      key: (environment) => environment.id,
      indexes: { user: (environment) => environment.user },
    }),
    shares: new MemoryTable<Share, 'owner' | 'server' | 'to'>({
      key: shareKey,
      indexes: {
        owner: (share) => share.owner,
        server: (share) => serverKey(share.owner, share.server),
        to: (share) => granteeKey(share.to),
      },
    }),
    shareCodes: new MemoryTable<ShareCode, 'owner' | 'server'>({
      key: (code) => code.hash,
      indexes: { owner: (code) => code.owner, server: (code) => serverKey(code.owner, code.server) },
    }),
    scheduleRuns: new MemoryTable<ScheduleRun>({ key: (run) => run.name, indexes: {} }),
    volumeHomes: new MemoryTable<VolumeHome, 'machine'>({
      key: (home) => home.volume,
      indexes: { machine: (home) => home.machine },
    }),
  } satisfies Tables & Drafts;
}

export type MemoryTables = ReturnType<typeof makeTables>;

/** Names of the tables, in the order in which they lie in the document. */
export const TABLE_NAMES = [
  'users',
  'servers',
  'sessions',
  'tokens',
  'clients',
  'codes',
  'credentials',
  'signUps',
  'invitations',
  'groups',
  'services',
  'departures',
  'announcements',
  'scheduleRuns',
  'environments',
  'shares',
  'shareCodes',
  'volumeHomes',
] as const satisfies readonly TableName[];
