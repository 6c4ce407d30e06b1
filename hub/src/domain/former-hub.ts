import type { Role } from './role.ts';

/** What a JupyterHub's database knows of people, as far as another hub can use it. Times are milliseconds since the epoch. */
export interface FormerHub {
  readonly users: readonly FormerUser[];
  readonly groups: readonly {
    readonly name: string;
    readonly properties: Readonly<Record<string, unknown>>;
  }[];
  /** Those that are not JupyterHub's own. */
  readonly roles: readonly Role[];
  readonly tokens: readonly FormerToken[];
  readonly servers: readonly FormerServer[];
  /** Names of services; who they are stands in a configuration. */
  readonly services: readonly string[];
  /** Tokens that belong to something else than a person: they are not carried over. */
  readonly leftTokens: { readonly expired: number; readonly servers: number; readonly others: number };
  /** Accounts with a password of NativeAuthenticator's. */
  readonly passwords: number;
}

export interface FormerUser {
  readonly name: string;
  readonly admin: boolean;
  readonly created: number | null;
  readonly lastActivity: number | null;
  readonly groups: readonly string[];
}

export interface FormerToken {
  readonly user: string;
  /** The first letters of the token: how it is found. */
  readonly prefix: string;
  /** `sha512:<rounds>:<salt>:<digest>`. */
  readonly hashed: string;
  readonly note: string;
  readonly scopes: readonly string[];
  readonly created: number | null;
  readonly expires: number | null;
  readonly lastActivity: number | null;
}

export interface FormerServer {
  readonly user: string;
  readonly name: string;
  /** Name of its container, if the spawner had noted one. */
  readonly container: string | null;
}

/** A container of the engine that is not this hub's. */
export interface OtherContainer {
  readonly name: string;
  readonly running: boolean;
  readonly image: string;
  /** Names of the volumes that are mounted in it. */
  readonly volumes: readonly string[];
}

/** What is on the engine beside this hub's own. Throws Problem when the engine does not answer. */
export type LookAround = () => Promise<{
  readonly containers: readonly OtherContainer[];
  readonly volumes: ReadonlySet<string>;
}>;

/** Whether a token is the one of which a JupyterHub kept this digest. Never throws. */
export type VerifyFormer = (word: string, hashed: string) => boolean;

/** How many letters of a token JupyterHub keeps in the clear, to find it by (contract §9). */
export const FORMER_PREFIX = 4;
/** Tokens that share a beginning: JupyterHub's are random, so that two are rare and many are somebody's mischief. */
export const FORMER_SHARED_MAX = 16;

const HASHED = /^sha512:(\d{1,6}):[0-9a-f]{1,128}:[0-9a-f]{128}$/;
/** JupyterHub takes 1 for tokens that it made itself and 16384 for words of people's own. */
const ROUNDS_MAX = 20_000;

/** Whether a digest can be checked here, at a cost that is bounded. */
export function isFormerDigest(hashed: string): boolean {
  const rounds = Number(HASHED.exec(hashed)?.[1] ?? 0);
  return rounds >= 1 && rounds <= ROUNDS_MAX;
}
