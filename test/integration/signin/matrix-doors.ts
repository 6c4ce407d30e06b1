import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { request as ask } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { StandInGitHub } from '../../stand-ins/github.ts';
import { StandInIdentityProvider } from '../../stand-ins/identity-provider.ts';
import type { Visit } from '../contract-browser.ts';
import type { RunningHub } from '../running-hub.ts';
import { MatrixPerson } from './matrix-person.ts';
import { PamMachine } from './pam-machine.ts';

/** Three people at one door: two plain ones and an administrator; and how one of them leaves. */
export interface Door {
  readonly settings: Readonly<Record<string, string>>;
  /** What has to be done once the hub runs, before anybody can come in. */
  prepare(hub: RunningHub): Promise<void>;
  /** What somebody's browser is told at the end of signing in. */
  signIn(person: MatrixPerson, who: Who): Promise<Visit>;
  /** The same for somebody who may not come in. */
  refused(person: MatrixPerson): Promise<Visit>;
  /** Name in the hub. */
  name(who: Who): string;
  /** Takes away what lets `bob` in, over there or in the list. */
  takeAway(hub: RunningHub): Promise<void>;
  close(): Promise<void>;
}

export type Who = 'alice' | 'bob' | 'boss';
type Names = Readonly<Record<Who, string>>;

const PASSWORD = 'a harbour at night';
const ADMIN_PASSWORD = 'thirty-two letters are a long word indeed';

export const DOORS = {
  local: openLocal,
  pam: (at: string, names: Names) => openPam(at, names, false),
  'pam + otp': (at: string, names: Names) => openPam(at, names, true),
  'github userlist': (at: string, names: Names) => openGitHub(at, names, 'userlist'),
  'github org/team': (at: string, names: Names) => openGitHub(at, names, 'team'),
  oidc: openRealm,
  dummy: openDummy,
} satisfies Record<string, (at: string, names: Names) => Promise<Door>>;

async function openLocal(_at: string, names: Names): Promise<Door> {
  const invite = async (hub: RunningHub, who: Who): Promise<void> => {
    const path = await counter(hub, `/invite/${names[who]}`);
    const person = new MatrixPerson(hub.proxy.url);
    await person.get(path);
    await person.post(path, { password: PASSWORD, again: PASSWORD });
  };
  return {
    settings: { AUTHENTICATOR_CLASS: 'local', JUPYTERHUB_ADMIN: names.boss },
    async prepare(hub) {
      for (const who of ['alice', 'bob', 'boss'] as const) await invite(hub, who);
    },
    signIn: (person, who) => person.signInByForm({ username: names[who], password: PASSWORD }),
    refused: (person) => person.signInByForm({ username: names.alice, password: 'a harbour at noon' }),
    name: (who) => names[who],
    async takeAway(hub) {
      await hub.api('DELETE', `/users/${names.bob}`);
    },
    close: async () => {},
  };
}

async function openPam(_at: string, names: Names, otp: boolean): Promise<Door> {
  const machine = await PamMachine.start();
  const folder = await mkdtemp(join(tmpdir(), 'berth-matrix-pam-'));
  const helper = join(folder, 'berth-pam');
  await writeFile(helper, `#!/bin/sh\nexec ${machine.helper.join(' ')} "$@"\n`);
  await chmod(helper, 0o755);
  const list = join(folder, 'userlist');
  await writeFile(list, `${names.alice}\n${names.bob}\n${names.boss} admin\n`);
  const accounts: Names = { alice: 'alice', bob: 'otto', boss: 'bob' };
  const codes = { alice: codesOf(machine), bob: codesOf(machine), boss: codesOf(machine) };
  if (otp) await machine.run('sh', '-c', `printf '${OATH}' >>/data/pam/users.oath`);
  return {
    settings: {
      AUTHENTICATOR_CLASS: 'pam',
      PAM_SERVICE: otp ? 'berth-otp' : 'berth',
      PAM_CONFDIR: '/data/pam.d',
      PAM_HELPER: helper,
      REQUEST_OTP: String(otp),
      USERLIST_FILE: list,
      USERNAME_MAP: JSON.stringify({ alice: names.alice, otto: names.bob, bob: names.boss }),
    },
    prepare: async () => {},
    async signIn(person, who) {
      const code = otp ? { otp: await codes[who]() } : {};
      return await person.signInByForm({ username: accounts[who], password: PASSWORD, ...code });
    },
    refused: (person) =>
      person.signInByForm({
        username: accounts.alice,
        password: PASSWORD,
        ...(otp ? { otp: '000000' } : { password: 'a harbour at noon' }),
      }),
    name: (who) => names[who],
    takeAway: async () => writeFile(list, `${names.alice}\n${names.boss} admin\n`),
    async close() {
      await machine.remove();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

// The same secret for everybody: what PAM has taken it remembers for each account.
const OATH = ['alice', 'bob']
  .map((name) => `HOTP/T30/6 ${name} - 3132333435363738393031323334353637383930\\n`)
  .join('');

/** PAM takes each code once, and none that is older than the last: the next in time that is good already. */
function codesOf(machine: PamMachine): () => Promise<string> {
  let last = 0;
  return async () => {
    const now = Math.floor(Date.now() / 30_000);
    last = Math.max(now, last + 1);
    return await machine.code((last - now) * 30_000);
  };
}

async function openGitHub(at: string, names: Names, by: 'userlist' | 'team'): Promise<Door> {
  const github = await StandInGitHub.listen();
  const everybody = [...Object.values(names), 'mallory'];
  everybody.forEach((name, at) => {
    github.add(name, at + 40);
  });
  github.addOrganization('lab', [names.alice, names.bob, names.boss]);
  github.addTeam('lab', 'staff', [names.alice, names.bob, names.boss]);
  github.addTeam('lab', 'ops', [names.boss]);
  const folder = await mkdtemp(join(tmpdir(), 'berth-matrix-github-'));
  const list = join(folder, 'userlist');
  await writeFile(list, `${names.alice}\n${names.bob}\n${names.boss} admin\n`);
  const signIn = (person: MatrixPerson, name: string): Promise<Visit> => {
    github.current = name;
    return person.signInBy('github');
  };
  return {
    settings: {
      GITHUB_CLIENT_ID: github.clientId,
      GITHUB_CLIENT_SECRET: github.clientSecret,
      GITHUB_URL: `http://127.0.0.1:${github.port}`,
      OAUTH_CALLBACK_URL: `${at}/hub/oauth_callback`,
      ...(by === 'userlist'
        ? { USERLIST_FILE: list }
        : {
            GITHUB_ALLOWED_ORGANIZATIONS: 'lab:staff',
            GITHUB_POPULATE_TEAMS: 'true',
            MANAGE_GROUPS: 'true',
            ADMIN_GROUPS: 'lab:ops',
          }),
    },
    prepare: async () => {},
    signIn: (person, who) => signIn(person, names[who]),
    refused: (person) => signIn(person, 'mallory'),
    name: (who) => names[who],
    async takeAway() {
      if (by === 'userlist') await writeFile(list, `${names.alice}\n${names.boss} admin\n`);
      else github.removeMember('lab', names.bob);
    },
    async close() {
      await github.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function openRealm(at: string, names: Names): Promise<Door> {
  const callbackUrl = `${at}/hub/oauth_callback`;
  const realm = await StandInIdentityProvider.listen({ callbackUrl }, { name: 'localhost' });
  const person = (who: Who, groups: readonly string[]) => realm.add(names[who], groups).sub;
  const subs = {
    alice: person('alice', ['/staff']),
    bob: person('bob', ['/staff']),
    boss: person('boss', ['/staff', '/ops']),
  };
  const mallory = realm.add('mallory', ['/guests']).sub;
  return {
    settings: {
      AUTHENTICATOR_CLASS: 'generic-oauth',
      OAUTH_CLIENT_ID: realm.clientId,
      OAUTH_CLIENT_SECRET: realm.clientSecret,
      OAUTH2_AUTHORIZE_URL: realm.urls.authorize,
      OAUTH2_TOKEN_URL: realm.urls.token,
      OAUTH2_USERDATA_URL: realm.urls.userdata,
      OAUTH2_USERNAME_KEY: 'preferred_username',
      OAUTH2_SCOPE: 'openid profile offline_access',
      OAUTH2_GROUPS_KEY: 'groups',
      OAUTH_CALLBACK_URL: callbackUrl,
      MANAGE_GROUPS: 'true',
      ALLOWED_GROUPS: '/staff',
      ADMIN_GROUPS: '/ops',
    },
    prepare: async () => {},
    signIn(one, who) {
      realm.current = subs[who];
      return one.signInBy('generic-oauth');
    },
    refused(one) {
      realm.current = mallory;
      return one.signInBy('generic-oauth');
    },
    name: (who) => names[who],
    takeAway: async () => void realm.add(names.bob, ['/guests'], { sub: subs.bob }),
    close: () => realm.close(),
  };
}

async function openDummy(_at: string, names: Names): Promise<Door> {
  const folder = await mkdtemp(join(tmpdir(), 'berth-matrix-dummy-'));
  const list = join(folder, 'userlist');
  await writeFile(list, `${names.alice}\n${names.bob}\n${names.boss} admin\n`);
  return {
    settings: {
      AUTHENTICATOR_CLASS: 'dummy',
      DUMMY_PASSWORD: PASSWORD,
      SHARED_ADMIN_PASSWORD: ADMIN_PASSWORD,
      ALLOWED_USERS: names.alice,
      USERLIST_FILE: list,
    },
    prepare: async () => {},
    signIn: (person, who) =>
      person.signInByForm({ username: names[who], password: who === 'boss' ? ADMIN_PASSWORD : PASSWORD }),
    refused: (person) => person.signInByForm({ username: 'mallory', password: PASSWORD }),
    name: (who) => names[who],
    takeAway: async () => writeFile(list, `${names.alice}\n${names.boss} admin\n`),
    close: () => rm(folder, { recursive: true, force: true }),
  };
}

/** What the command line asks over its socket; answers the path of a one-time link. */
function counter(hub: RunningHub, path: string): Promise<string> {
  return new Promise((done, failed) => {
    const asked = ask({ socketPath: hub.adminSocket, path, method: 'POST' }, (answer) => {
      let text = '';
      answer.setEncoding('utf8').on('data', (piece: string) => {
        text += piece;
      });
      answer.on('end', () => {
        const { path: link } = JSON.parse(text) as { path?: string };
        if (link === undefined) failed(new Error(text));
        else done(link);
      });
    });
    asked.once('error', failed).end();
  });
}
