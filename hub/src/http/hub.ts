import type { SignInProvider } from '../domain/identity.ts';
import type { AuditTrail, Clock, Digest, Facts, Log, Metrics, Random, Sealer } from '../domain/ports.ts';
import type { Profile } from '../domain/profile.ts';
import type { Roles } from '../domain/role.ts';
import type { Tables } from '../domain/store.ts';
import type { Usage } from '../domain/usage.ts';
import type { Announcements } from '../usecases/announce.ts';
import type { ChangePassword } from '../usecases/change-password.ts';
import type { CreateInvitation } from '../usecases/create-invitation.ts';
import type { EndByProvider } from '../usecases/end-by-provider.ts';
import type { EndSessions } from '../usecases/end-sessions.ts';
import type { FollowSpawn } from '../usecases/follow-spawn.ts';
import type { StandingOf } from '../usecases/guard-start.ts';
import type { HubContract } from '../usecases/hub-contract.ts';
import type { IdentifySession } from '../usecases/identify-session.ts';
import type { IdleVerbs } from '../usecases/idle-verbs.ts';
import type { ImageVerbs } from '../usecases/image-desk.ts';
import type { RemoveUserWithFiles } from '../usecases/leave-nothing.ts';
import type { LeaveProvider } from '../usecases/leave-provider.ts';
import type { LimitServer } from '../usecases/limit-server.ts';
import type { MachineDesk } from '../usecases/machine-desk.ts';
import type { VolumeVerbs } from '../usecases/move-volume.ts';
import type { Menu } from '../usecases/plan-start.ts';
import type { LookUpInvitation, RedeemInvitation } from '../usecases/redeem-invitation.ts';
import type { RefreshSession } from '../usecases/refresh-session.ts';
import type { RemoveEnvironment } from '../usecases/remove-environment.ts';
import type { SaveEnvironment } from '../usecases/save-environment.ts';
import type { TakeSecondStep } from '../usecases/second-step.ts';
import type { SecondFactorVerbs } from '../usecases/set-up-second-factor.ts';
import type { SignInWithPassword } from '../usecases/sign-in-with-password.ts';
import type { SignInWithProvider } from '../usecases/sign-in-with-provider.ts';
import type { SignOut } from '../usecases/sign-out.ts';
import type { SignUpVerbs } from '../usecases/sign-up.ts';
import type { StartServer } from '../usecases/start-server.ts';
import type { StopServer } from '../usecases/stop-server.ts';
import type { Visits } from '../usecases/visits.ts';
import type { Xsrf } from './xsrf.ts';

/** What the doors know of the settings. */
export interface HttpSettings {
  /** One slash at each end. */
  readonly baseUrl: string;
  /** `https://hub.example`, or the empty string when it was not told: then the request's own host is taken. */
  readonly publicOrigin: string;
  /** Addresses and ranges of front servers whose word of the browser's address is believed; absent: none. */
  readonly trustedProxies?: readonly string[];
  /** Whether names and passwords are asked for. */
  readonly passwords: boolean;
  /** What stands over the field for a one-time code beside the password, or null: there is none. */
  readonly otpPrompt: string | null;
  /** Whether accounts can have a password that the hub keeps. */
  readonly localAccounts: boolean;
  /** Fewest characters of its password. */
  readonly passwordLeast: number;
  /** Whether people can ask for such an account, and whether an administrator decides. */
  readonly askForAccount: 'by-approval' | 'open' | null;
  /** Whether the sign-in page leads straight on to the one provider there is. */
  readonly autoLogin: boolean;
  /** One password, or none, opens every account: for trials. Every page says so. */
  readonly unsafe: boolean;
  /** `manage_groups`: groups are the provider's, and nobody edits them here. */
  readonly managedGroups: boolean;
  /** `enable_auth_state`: callers with `admin:auth_state` see what providers told. */
  readonly showAuthState: boolean;
  /** How many named servers each may have: 0 is any number, null none. */
  readonly namedServers: number | null;
  /** Longest life of a token in seconds; absent or null: as long as somebody likes. */
  readonly maxTokenSeconds?: number | null;
}

/** Volumes, images and saved environments. */
export interface StorageRoom {
  readonly volumes: VolumeVerbs;
  readonly images: ImageVerbs;
  readonly standingOf: StandingOf;
  /** Bytes in a volume and the quota, as last measured; null when it was not. Asking asks nobody else. */
  readonly filesOf: (volume: string) => { readonly used: number; readonly limit: number | null } | null;
  readonly saveEnvironment: SaveEnvironment;
  readonly removeEnvironment: RemoveEnvironment;
  /** Groups whose members may save; `*`: everybody. */
  readonly savers: readonly string[];
  readonly environmentsPerUser: number;
}

/**
 * Everything that the doors may use: verbs, and tables to read from. Made in main.ts, so that the whole of
 * HTTP can be tried without a port and without an engine.
 */
export interface Hub extends Omit<HubContract, 'removeUser'> {
  /** Files are kept unless it is asked for. */
  readonly removeUser: RemoveUserWithFiles;
  readonly storage: StorageRoom;
  readonly settings: HttpSettings;
  readonly tables: Tables;
  readonly roles: Roles;
  readonly clock: Clock;
  readonly random: Random;
  readonly digest: Digest;
  readonly facts: Facts;
  readonly log: Log;
  readonly metrics: Metrics;
  readonly xsrf: Xsrf;
  readonly providers: readonly SignInProvider[];
  readonly identifySession: IdentifySession;
  readonly refreshSession: RefreshSession;
  readonly endSessions: EndSessions;
  readonly audit: AuditTrail;
  readonly sealer: Sealer;
  readonly signInWithPassword: SignInWithPassword;
  readonly takeSecondStep: TakeSecondStep;
  readonly changePassword: ChangePassword;
  readonly secondFactor: SecondFactorVerbs;
  readonly signUp: SignUpVerbs;
  readonly signInWithProvider: SignInWithProvider;
  readonly signOut: SignOut;
  readonly leaveProvider: LeaveProvider;
  readonly endByProvider: EndByProvider;
  readonly createInvitation: CreateInvitation;
  readonly lookUpInvitation: LookUpInvitation;
  readonly redeemInvitation: RedeemInvitation;
  /** What the owner of a server may choose from; null where there are no profiles. */
  readonly offer: (user: string) => readonly Profile[] | null;
  /** All that the configuration gives, whoever may use it. */
  readonly menu: () => Menu;
  /** Whether an image is on this machine; null when the engine does not say. */
  readonly hasImage: (image: string) => Promise<boolean | null>;
  readonly usage: Usage;
  readonly announcements: Announcements;
  readonly startServer: StartServer;
  readonly stopServer: StopServer;
  readonly limitServer: LimitServer;
  /** Absent where servers run on one machine. */
  readonly machines?: MachineDesk;
  readonly followSpawn: FollowSpawn;
  readonly idle: IdleVerbs;
  readonly visits: Visits;
}
