import type { Admission } from '../domain/admission.ts';
import type { Clock, Digest, Random, Store } from '../domain/ports.ts';
import type { Roles } from '../domain/role.ts';
import { type AuthorizeClient, makeAuthorizeClient } from './authorize-client.ts';
import { type ChangeUser, makeChangeUser } from './change-user.ts';
import { type CreateUsers, makeCreateUsers } from './create-users.ts';
import { type ExchangeCode, makeExchangeCode } from './exchange-code.ts';
import { type IdentifyToken, makeIdentifyToken } from './identify-token.ts';
import { type IssueToken, makeIssueToken } from './issue-token.ts';
import { type ListUsers, makeListUsers } from './list-users.ts';
import { makeRecordActivity, type RecordActivity } from './record-activity.ts';
import { makeRemoveServer, type RemoveServer } from './remove-server.ts';
import { makeRemoveUser, type RemoveUser } from './remove-user.ts';
import { makeRevokeToken, type RevokeToken } from './revoke-token.ts';
import type { StopServer } from './stop-server.ts';

/** The verbs behind the REST API and the OAuth2 provider. */
export interface HubContract {
  readonly identifyToken: IdentifyToken;
  readonly authorizeClient: AuthorizeClient;
  readonly exchangeCode: ExchangeCode;
  readonly issueToken: IssueToken;
  readonly revokeToken: RevokeToken;
  readonly listUsers: ListUsers;
  readonly createUsers: CreateUsers;
  readonly changeUser: ChangeUser;
  readonly removeUser: RemoveUser;
  readonly removeServer: RemoveServer;
  readonly recordActivity: RecordActivity;
}

export interface ContractPorts {
  readonly store: Store;
  readonly clock: Clock;
  readonly random: Random;
  readonly digest: Digest;
  /** SHA-256 of a PKCE verifier, base64url. */
  readonly challengeOf: (verifier: string) => string;
  readonly roles: Roles;
  readonly admission: () => Admission;
  readonly stopServer: StopServer;
  /** `token_expires_in_max_seconds`, or null. */
  readonly maxTokenSeconds: number | null;
}

export function makeHubContract(ports: ContractPorts): HubContract {
  return {
    identifyToken: makeIdentifyToken(ports),
    authorizeClient: makeAuthorizeClient(ports),
    exchangeCode: makeExchangeCode(ports),
    issueToken: makeIssueToken({ ...ports, maxSeconds: ports.maxTokenSeconds }),
    revokeToken: makeRevokeToken(ports),
    listUsers: makeListUsers({ tables: ports.store }),
    createUsers: makeCreateUsers(ports),
    changeUser: makeChangeUser(ports),
    removeUser: makeRemoveUser(ports),
    removeServer: makeRemoveServer(ports),
    recordActivity: makeRecordActivity(ports),
  };
}
