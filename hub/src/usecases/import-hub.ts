import { type Admission, isAdmitted, listedAdmin } from '../domain/admission.ts';
import { FORMER_PREFIX, type FormerHub, isFormerDigest, type LookAround } from '../domain/former-hub.ts';
import { isGroupName } from '../domain/group.ts';
import type { ImportRow } from '../domain/import-row.ts';
import type { Clock, Digest } from '../domain/ports.ts';
import { isScope } from '../domain/scope.ts';
import type { Store } from '../domain/store.ts';
import type { Token } from '../domain/token.ts';
import { isUsername, newUser, normalizeUsername, type User } from '../domain/user.ts';
import { findFormerFiles } from './find-former-files.ts';
import { takeBack } from './kept-volume.ts';

export interface ImportRequest {
  readonly former: FormerHub;
  /** False: nothing is changed, and the rows say what would be. */
  readonly apply: boolean;
  /** Who is imported may sign in whatever the lists say, as somebody added on the page Administration. */
  readonly letIn: boolean;
}

export interface ImportAnswer {
  readonly applied: boolean;
  readonly rows: readonly ImportRow[];
}

export type ImportHub = (request: ImportRequest) => Promise<ImportAnswer>;

export interface ImportPorts {
  readonly store: Store;
  readonly clock: Clock;
  readonly digest: Digest;
  readonly admission: () => Admission;
  readonly lookAround: LookAround;
  /** How a person's volume is called: `jupyterhub-user-{username}`. */
  readonly volumeTemplate: string;
}

/**
 * Takes over what a JupyterHub knew of people: accounts, administrators, groups, API tokens. Who is here already keeps
 * everything and gains what is missing. Containers are looked at and told of, never taken over; a volume that such a
 * container shows to be somebody's is remembered as theirs. Said twice it does nothing the second time.
 *
 * @throws Problem when the engine does not answer, or the store cannot be written.
 */
export function makeImportHub(ports: ImportPorts): ImportHub {
  return async ({ former, apply, letIn }) => {
    const users = planUsers(ports, former, letIn);
    const groups = planGroups(ports, former);
    const tokens = planTokens(ports, former, new Set(users.people.map(({ name }) => name)));
    const around = await ports.lookAround();
    const files = findFormerFiles(ports, { former, people: users.people, around });
    if (apply) {
      await ports.store.change((drafts) => {
        for (const user of users.people) {
          drafts.users.put(user);
          takeBack(ports.store, drafts, user.name);
        }
        for (const { name, properties } of groups.fresh)
          drafts.groups.put({ name, properties, created: ports.clock.now() });
        for (const token of tokens.fresh) drafts.tokens.put(token);
        for (const server of files.remembered) drafts.servers.put(server);
      });
    }
    const rows = [...users.rows, ...groups.rows, ...rolesOf(former), ...tokens.rows, ...files.rows];
    return { applied: apply, rows: [...rows, ...passwordsOf(former)] };
  };
}

/** The accounts as they will be, whether new or not. */
function planUsers({ store, clock, admission }: ImportPorts, former: FormerHub, letIn: boolean) {
  const people: User[] = [];
  const rows: ImportRow[] = [];
  for (const found of former.users) {
    const name = normalizeUsername(found.name);
    if (!isUsername(name)) {
      rows.push({
        kind: 'user',
        name: found.name,
        what: 'left out',
        detail: 'nobody can have this name here',
      });
      continue;
    }
    const before = store.users.get(name);
    const base = before ?? newUser(name, found.created ?? clock.now());
    const groups = [...new Set([...base.groups, ...found.groups.filter(isGroupName)])];
    const admin = listedAdmin(admission(), name) ?? (base.admin || found.admin);
    const lastActivity = Math.max(base.lastActivity ?? 0, found.lastActivity ?? 0) || null;
    const user: User = { ...base, admin, groups, lastActivity, invited: base.invited || letIn };
    people.push(user);
    rows.push(userRow(before, user, isAdmitted(admission(), name, user)));
  }
  return { people, rows };
}

function userRow(before: User | undefined, after: User, admitted: boolean): ImportRow {
  const gained = after.groups.filter((group) => before?.groups.includes(group) !== true);
  const changed = before !== undefined && (before.admin !== after.admin || before.invited !== after.invited);
  const details = [
    ...(after.admin && before?.admin !== true ? ['administrator'] : []),
    ...(gained.length > 0 ? [`joins ${gained.join(', ')}`] : []),
    admitted ? 'may sign in' : 'is on no list: may not sign in yet',
  ];
  const what = before === undefined ? 'new' : changed || gained.length > 0 ? 'changed' : 'there';
  return { kind: 'user', name: after.name, what, detail: details.join('; ') };
}

function planGroups({ store }: ImportPorts, former: FormerHub) {
  const good = former.groups.filter(({ name }) => isGroupName(name));
  const fresh = good.filter(({ name }) => store.groups.get(name) === undefined);
  const rows = former.groups.map(({ name }): ImportRow => {
    const members = former.users.filter(({ groups }) => groups.includes(name)).length;
    if (!isGroupName(name))
      return { kind: 'group', name, what: 'left out', detail: 'no group can have this name here' };
    const what = fresh.some((group) => group.name === name) ? 'new' : 'there';
    return { kind: 'group', name, what, detail: `${members} members` };
  });
  return { fresh, rows };
}

function planTokens({ store, clock, digest }: ImportPorts, former: FormerHub, people: ReadonlySet<string>) {
  const fresh: Token[] = [];
  const rows: ImportRow[] = [];
  const known = new Set<string>();
  for (const { name } of store.users.values()) {
    for (const { id } of store.tokens.where('user', name)) known.add(id);
  }
  for (const found of former.tokens) {
    const user = normalizeUsername(found.user);
    const id = `a${digest(found.hashed).slice(0, 12)}`;
    const scopes = found.scopes.filter((scope) => scope === 'inherit' || isScope(scope));
    const row = { kind: 'token', name: user, detail: found.note } as const;
    if (!people.has(user)) rows.push({ ...row, what: 'left out', detail: 'its owner is not carried over' });
    else if (!isFormerDigest(found.hashed) || found.prefix.length !== FORMER_PREFIX)
      rows.push({ ...row, what: 'left out', detail: 'its digest is not one of JupyterHub’s' });
    else if (scopes.length === 0)
      rows.push({ ...row, what: 'left out', detail: 'none of its scopes is known' });
    else if (known.has(id)) rows.push({ ...row, what: 'there' });
    else {
      rows.push({ ...row, what: 'new' });
      fresh.push({
        hash: found.hashed,
        id,
        user,
        note: found.note,
        scopes,
        created: found.created ?? clock.now(),
        lastActivity: found.lastActivity,
        expires: found.expires,
        sessionId: null,
        clientId: null,
        server: null,
        former: found.prefix,
      });
    }
  }
  return { fresh, rows: [...rows, ...leftTokens(former)] };
}

function leftTokens({ leftTokens: { expired, servers, others } }: FormerHub): readonly ImportRow[] {
  const row = (count: number, detail: string): readonly ImportRow[] =>
    count === 0 ? [] : [{ kind: 'token', name: `${count}`, what: 'left out', detail }];
  return [
    ...row(expired, 'have expired'),
    ...row(servers, 'belong to servers, which get new ones when they start'),
    ...row(others, 'belong to services or OAuth clients'),
  ];
}

/** Roles and services stand in the configuration here. */
function rolesOf({ roles, services }: FormerHub): readonly ImportRow[] {
  return [
    ...roles.map(({ name }): ImportRow => {
      return {
        kind: 'role',
        name,
        what: 'left out',
        detail: 'belongs into config.yaml, under hub.loadRoles',
      };
    }),
    ...services.map((name): ImportRow => {
      return {
        kind: 'service',
        name,
        what: 'left out',
        detail: 'belongs into config.yaml, under hub.services',
      };
    }),
  ];
}

function passwordsOf({ passwords }: FormerHub): readonly ImportRow[] {
  if (passwords === 0) return [];
  const detail =
    'of NativeAuthenticator; berth invite NAME makes a link with which somebody chooses a new one';
  return [{ kind: 'password', name: String(passwords), what: 'left out', detail }];
}
