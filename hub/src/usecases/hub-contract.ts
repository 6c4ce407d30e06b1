import { type Admission, listedAdmin } from '../domain/admission.ts';
import type { VerifyFormer } from '../domain/former-hub.ts';
import type { Clock, Digest, Facts, Log, Random, Route, Routes } from '../domain/ports.ts';
import { isAdmin, type Roles } from '../domain/role.ts';
import type { Store } from '../domain/store.ts';
import { newUser } from '../domain/user.ts';
import { type AuthorizeClient, makeAuthorizeClient } from './authorize-client.ts';
import type { VisitDoors } from './bars.ts';
import { type ChangeGroups, makeChangeGroups } from './change-groups.ts';
import { type ChangeServices, makeChangeServices } from './change-services.ts';
import { makeChangeShares, type ShareVerbs } from './change-shares.ts';
import { type ChangeUser, makeChangeUser } from './change-user.ts';
import { type CreateUsers, makeCreateUsers } from './create-users.ts';
import { type ExchangeCode, makeExchangeCode } from './exchange-code.ts';
import { type GuestBook, openGuestBook } from './guest-book.ts';
import { type IdentifyToken, makeIdentifyToken } from './identify-token.ts';
import { type IssueToken, makeIssueToken } from './issue-token.ts';
import { type ListUsers, makeListUsers } from './list-users.ts';
import { makePurgeExpired, type PurgeExpired } from './purge-expired.ts';
import type { Reconcile } from './reconcile.ts';
import { makeRecordActivity, type RecordActivity } from './record-activity.ts';
import { makeRemoveServer, type RemoveServer } from './remove-server.ts';
import { makeRemoveUser, type RemoveUser } from './remove-user.ts';
import { makeRevokeInvitation, type RevokeInvitation } from './revoke-invitation.ts';
import { makeRevokeToken, type RevokeToken } from './revoke-token.ts';
import { makeShowOut, type ShowOut } from './show-out.ts';
import { makeShutDown, type ShutDown } from './shut-down.ts';
import type { StopServer } from './stop-server.ts';

/** The verbs behind the REST API and the OAuth2 provider. */
export interface HubContract {
  readonly identifyToken: IdentifyToken;
  readonly authorizeClient: AuthorizeClient;
  readonly exchangeCode: ExchangeCode;
  readonly issueToken: IssueToken;
  readonly revokeToken: RevokeToken;
  readonly revokeInvitation: RevokeInvitation;
  readonly listUsers: ListUsers;
  readonly createUsers: CreateUsers;
  /** Whether an account of this name is an administrator's, or would be from the first sign-in on. */
  readonly namesAdministrator: (name: string) => boolean;
  readonly changeUser: ChangeUser;
  readonly removeUser: RemoveUser;
  readonly removeServer: RemoveServer;
  readonly recordActivity: RecordActivity;
  readonly changeGroups: ChangeGroups;
  readonly changeServices: ChangeServices;
  readonly shares: ShareVerbs;
  readonly showOut: ShowOut;
  readonly purgeExpired: PurgeExpired;
  readonly shutDown: ShutDown;
  /** The proxy's table as it is now. */
  readonly listRoutes: () => Promise<readonly Route[]>;
  /** Brings the proxy's table to what the hub knows. */
  readonly renewRoutes: () => Promise<void>;
}

export interface ContractPorts {
  readonly store: Store;
  readonly clock: Clock;
  /** For how many milliseconds nobody has set the machine's clock; absent: that is looked at. */
  readonly undisturbed?: () => number;
  readonly random: Random;
  readonly digest: Digest;
  /** SHA-256 of a PKCE verifier, base64url. */
  readonly challengeOf: (verifier: string) => string;
  readonly roles: Roles;
  readonly admission: () => Admission;
  /** Absent: no token of a former hub is taken. */
  readonly verifyFormer?: VerifyFormer;
  readonly stopServer: StopServer;
  /** `token_expires_in_max_seconds`, or null. */
  readonly maxTokenSeconds: number | null;
  readonly routes: Routes;
  readonly reconcile: Reconcile;
  readonly log: Log;
  readonly facts: Facts;
  readonly doors: VisitDoors;
  readonly baseUrl: string;
  /** Lets the process end in good order. */
  readonly endHub: () => void;
}

export function makeHubContract(ports: ContractPorts): HubContract {
  const changeServices = makeChangeServices(ports);
  const guests = openGuestBook(ports.store);
  const showOut = makeShowOut({ ...ports, guests });
  return {
    identifyToken: makeIdentifyToken(ports),
    authorizeClient: makeAuthorizeClient(ports),
    exchangeCode: makeExchangeCode({ ...ports, guests }),
    issueToken: makeIssueToken({ ...ports, maxSeconds: ports.maxTokenSeconds }),
    revokeToken: makeRevokeToken(ports),
    revokeInvitation: makeRevokeInvitation(ports),
    listUsers: makeListUsers({ tables: ports.store }),
    createUsers: makeCreateUsers(ports),
    namesAdministrator: (name) =>
      isAdmin(ports.roles, ports.store.users.get(name) ?? newUser(name, 0)) ||
      listedAdmin(ports.admission(), name) === true,
    changeUser: renaming(makeChangeUser(ports), guests),
    removeUser: makeRemoveUser(ports),
    removeServer: makeRemoveServer(ports),
    recordActivity: makeRecordActivity(ports),
    changeGroups: makeChangeGroups(ports),
    changeServices,
    shares: makeChangeShares({ ...ports, showOut }),
    showOut,
    purgeExpired: makePurgeExpired(ports),
    shutDown: makeShutDown(ports),
    listRoutes: () => ports.routes.list(),
    async renewRoutes() {
      const { problem } = await ports.reconcile();
      if (problem !== null) throw problem;
      await changeServices.offer();
    },
  };
}

function renaming(changeUser: ChangeUser, guests: GuestBook): ChangeUser {
  return async (request) => {
    const user = await changeUser(request);
    if (user.name !== request.name) guests.rename(request.name, user.name);
    return user;
  };
}
