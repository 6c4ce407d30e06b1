import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { sha256, systemRandom } from '../../../hub/src/adapters/system/random.ts';
import { makeScryptHasher, type ScryptCost } from '../../../hub/src/adapters/system/scrypt-hasher.ts';
import { makeSealer } from '../../../hub/src/adapters/system/sealer.ts';
import { loadSettings } from '../../../hub/src/config/load-settings.ts';
import type { Fact } from '../../../hub/src/domain/fact.ts';
import type { Log } from '../../../hub/src/domain/ports.ts';
import type { Hub } from '../../../hub/src/http/hub.ts';
import { openRouters, pageRouters } from '../../../hub/src/http/pages/page-routers.ts';
import { problemPage } from '../../../hub/src/http/pages/problem-page.ts';
import { makePagesApp } from '../../../hub/src/http/pages-app.ts';
import { composeSignIn, makeAdmission } from '../../../hub/src/main-sign-in.ts';
import { makeLookUpInvitation } from '../../../hub/src/usecases/redeem-invitation.ts';
import { openContractHub } from '../../support/contract-hub.ts';
import { Visitor, type VisitorReply } from '../../support/visitor.ts';

export const GOOD = 'a harbour at night';

/** Real hashing, but nothing that a test would wait for. */
const QUICK: ScryptCost = { N: 2 ** 11, r: 8, p: 1 };

/** Hosts that a test's visitors come from. */
export const AT_HOME = '192.0.2.7';

/**
 * Signing in as `main-sign-in.ts` puts it together from settings, behind the real pages on a real port, with a
 * real store and real hashing. Only servers are not started here.
 */
export async function openPasswordHouse(
  environment: Readonly<Record<string, string>> = {},
  cost: ScryptCost = QUICK,
  keyLasts = true,
) {
  const loaded = loadSettings(environment);
  if ('faults' in loaded) throw new Error(JSON.stringify(loaded.faults));
  const { settings } = loaded;
  const lines: string[] = [];
  const note = (what: object, message: string): void => void lines.push(JSON.stringify({ ...what, message }));
  const log: Log = { info: note, warn: note, error: note };
  const frame = await openContractHub();
  const { store } = frame;
  const { clock, facts } = frame.hub;
  const told: Fact[] = [];
  facts.listen((fact) => void told.push(fact));
  const admission = makeAdmission(settings);
  const sealer = makeSealer([Buffer.alloc(32, 9)]);
  const base = {
    store,
    facts,
    clock,
    random: systemRandom,
    digest: sha256,
    sealer,
    admission: admission.read,
  };
  const signIn = composeSignIn(settings, {
    ...base,
    sealerLasts: keyLasts,
    log,
    roles: frame.hub.roles,
    passwords: makeScryptHasher(cost),
  });
  await signIn.makeReady();
  const hub: Hub = {
    ...frame.hub,
    ...signIn.verbs,
    settings: { ...frame.hub.settings, ...signIn.form },
    log,
    lookUpInvitation: makeLookUpInvitation(base),
  };
  const doors = { open: openRouters(hub), pages: pageRouters(hub), showProblem: problemPage(hub) };
  const server = createServer(makePagesApp(hub, doors).callback());
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  const signInAs = async (
    name: string,
    fields: Readonly<Record<string, string>>,
    from = AT_HOME,
  ): Promise<{ visitor: Visitor; reply: VisitorReply }> => {
    const visitor = new Visitor(origin);
    await visitor.get('/hub/login');
    const reply = await visitor.post(
      '/hub/login',
      { username: name, ...fields },
      { 'x-forwarded-for': from },
    );
    return { visitor, reply };
  };

  return {
    origin,
    hub,
    store,
    told,
    lines,
    signInAs,
    addUser: frame.addUser,
    setUserlist: admission.setUserlist,
    pass: frame.pass,
    now: () => clock.now(),
    /** An account with a password of its own, made as people make it: through a link. */
    async addAccount(name: string, password = GOOD): Promise<Visitor> {
      const word = (await hub.createInvitation({ user: name })) ?? '';
      return await redeem(word, name, password);
    },
    async addAdministrator(name: string, password = GOOD): Promise<Visitor> {
      const word = (await hub.createInvitation({ user: null })) ?? '';
      return await redeem(word, name, password);
    },
    async close() {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
      await frame.close();
    },
  };

  async function redeem(word: string, name: string, password: string): Promise<Visitor> {
    const visitor = new Visitor(origin);
    const link = `/hub/setup?token=${word}`;
    await visitor.get(link);
    const reply = await visitor.post(link, { name, password, again: password });
    if (reply.status !== 303) throw new Error(`the link answered ${reply.status}: ${reply.text}`);
    return visitor;
  }
}

export type PasswordHouse = Awaited<ReturnType<typeof openPasswordHouse>>;
