import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Engine } from './adapters/docker/engine.ts';
import {
  backupFinding,
  diskFinding,
  namesFinding,
  secretModesFinding,
  storeSizeFinding,
  timeZoneFinding,
  volumeFinding,
  writeFinding,
} from './adapters/probes/host-probes.ts';
import type { PublicDoor } from './adapters/probes/public-door.ts';
import {
  certificateFinding,
  forwardedFinding,
  isLoopback,
  webSocketFinding,
} from './adapters/probes/public-probes.ts';
import { writeAtomically } from './adapters/store/atomic-file.ts';
import { systemClock } from './adapters/system/clock.ts';
import type { Settings } from './config/settings.ts';
import { socketPathOf } from './config/socket-url.ts';
import { type Finding, fail, fine, type Probe, type ProbeCode, warn } from './domain/probe.ts';
import { isAdmin } from './domain/role.ts';
import { readUserlist } from './domain/userlist.ts';
import type { DoctorEcho } from './http/doctor-echo.ts';
import type { LiveConfiguration } from './main-configuration.ts';
import { engineProbes } from './main-doctor-engine.ts';
import { neighboursFinding } from './main-doctor-neighbours.ts';
import type { ComposedHub } from './main-hub.ts';
import { signInHealth } from './main-sign-in-health.ts';
import { makeRunProbes } from './usecases/run-probes.ts';

const QUICK_MS = 5000;
const BACKUP_MARK = 'last-backup';
/** Where compose.yaml has the proxy listen. */
const PROXY_PORT = 8000;

type Look = Probe['look'];

/** Everything that the doctor looks at, with this hub's parts and settings. */
export function composeDoctor(
  parts: ComposedHub,
  settings: Settings,
  echo: DoctorEcho,
  configuration: LiveConfiguration,
) {
  const engine = new Engine(settings.dockerSocket, { look: QUICK_MS, work: 30_000 });
  const door = publicDoor(settings);
  const { dataDir } = settings;
  const mark = join(dataDir, BACKUP_MARK);
  const now = () => systemClock.now();
  const looks: Partial<Record<ProbeCode, Look>> = {
    'CONF-01': configuration.finding,
    'CONF-03': () => secretModesFinding(secretFiles(settings)),
    'CONF-04': () => publicUrlFinding(settings),
    'CONF-06': () => administratorFinding(parts),
    'PROXY-01': () => controlFinding(parts),
    'PROXY-02': () => routesFinding(parts),
    'PROXY-03': (signal) => webSocketFinding(door, () => echo.ticket(), signal),
    'PROXY-04': (signal) => forwardedFinding(door, () => echo.ticket(), signal),
    'TLS-01': (signal) => certificateFinding(door, now(), signal),
    'AUTH-01': () => namesFinding(providerHosts(parts)),
    'AUTH-02': () => callbackFinding(settings, parts),
    'AUTH-03': () => doorsFinding(parts, settings),
    'AUTH-04': () => trialFinding(parts, settings),
    'AUTH-05': () => userlistFinding(settings),
    'STORE-01': () => writeFinding(dataDir),
    'STORE-02': () => storeSizeFinding(join(dataDir, 'berth.json'), now()),
    'STORE-03': () => volumeFinding(dataDir),
    'STORE-04': () => backupFinding(mark, now()),
    'HOST-01': () => diskFinding(dataDir),
    'HOST-04': () =>
      timeZoneFinding(Intl.DateTimeFormat().resolvedOptions().timeZone, new Date().getTimezoneOffset()),
    'HOST-05': () => neighboursFinding(parts.inForce(), parts.store),
  };
  const quick = Object.entries(looks).map(([code, look]) => ({
    code: code as ProbeCode,
    deadline: QUICK_MS,
    look,
  }));
  const probes: readonly Probe[] = [...quick, ...engineProbes(engine, parts, settings)];
  return {
    runProbes: makeRunProbes(probes, systemClock),
    noteBackup: () => writeAtomically(mark, `${new Date(now()).toISOString()}\n`),
  };
}

/**
 * The public address; through the proxy itself where there is none, and where it is a loopback one, which in a
 * container is another machine.
 */
function publicDoor({ publicUrl, baseUrl, proxyApiUrl }: Settings): PublicDoor {
  const url = publicUrl === null ? null : new URL(baseUrl, new URL(publicUrl).origin);
  // Behind a socket the proxy is this hub's neighbour of that name: compose/swarm.yaml.
  const host = socketPathOf(proxyApiUrl) === null ? new URL(proxyApiUrl).hostname : 'proxy';
  const proxy = { host, port: PROXY_PORT };
  if (url === null) return { url: `http://${proxy.host}:${proxy.port}${baseUrl}`, instead: null };
  const inside = isLoopback(url.hostname) && !isLoopback(proxy.host);
  return { url: url.href, instead: inside ? proxy : null };
}

function secretFiles(settings: Settings): readonly string[] {
  const { proxyAuthTokenFile, cookieSecretFile, cryptKeyFile, userlistFile, dataDir } = settings;
  const project = userlistFile === null ? [] : [join(dirname(userlistFile), '.env')];
  return [proxyAuthTokenFile, cookieSecretFile, cryptKeyFile, join(dataDir, 'berth.json'), ...project];
}

function publicUrlFinding({ publicUrl }: Settings): Finding {
  if (publicUrl !== null) return fine(`People come to ${publicUrl}.`);
  return warn(
    'PUBLIC_URL is not set: links follow whatever name a browser asks for.',
    'Set PUBLIC_URL in .env to the address that people type.',
  );
}

function administratorFinding({ store, hub }: ComposedHub): Finding {
  const count = [...store.users.values()].filter((user) => isAdmin(hub.roles, user)).length;
  if (count > 0) return fine(`${count === 1 ? 'One person is' : `${count} people are`} administrator here.`);
  return warn(
    'Nobody is administrator yet.',
    './berth setup-link prints the link for the first; or write "NAME admin" into userlist.',
  );
}

async function controlFinding({ routes }: ComposedHub): Promise<Finding> {
  try {
    const { length } = await routes.list();
    return fine(`The proxy answers, and knows ${length} ${length === 1 ? 'route' : 'routes'}.`);
  } catch (error) {
    return fail(
      String(error instanceof Error ? error.message : error),
      'See make logs; proxy and hub must read the same secrets/proxy_auth_token.',
    );
  }
}

async function routesFinding({ routes, store }: ComposedHub): Promise<Finding> {
  // The way to a server's ports has its owner's name, too, and is not the way to the server.
  const own = (await routes.list()).filter(({ ports }) => ports !== true);
  const known = new Set(own.map(({ user, server }) => `${user}/${server ?? ''}`));
  const ready = [...store.servers.values()].filter(({ state }) => state === 'ready');
  const lost = ready.filter(({ user, name }) => !known.has(`${user}/${name}`));
  if (lost.length === 0) return fine(`${ready.length} running servers, each with its route.`);
  const names = lost.slice(0, 5).map(({ user, name }) => `${user}/${name}`);
  return warn(
    `No route leads to ${names.join(', ')}${lost.length > 5 ? ' and more' : ''}.`,
    'The hub gives it back within a minute; if not, see its log.',
  );
}

function providerHosts({ hub }: ComposedHub): readonly string[] {
  return hub.providers
    .flatMap(({ origins }) => origins?.() ?? [])
    .flatMap((origin) => URL.parse(origin)?.hostname ?? []);
}

function callbackFinding({ oauthCallbackUrl, publicUrl, baseUrl }: Settings, { hub }: ComposedHub): Finding {
  const [outage] = hub.refreshSession.unreachable();
  if (oauthCallbackUrl === null || hub.providers.length === 0) return fine('No provider sends people here.');
  const path = `${baseUrl}hub/oauth_callback`;
  const told = new URL(oauthCallbackUrl);
  const wanted = publicUrl === null ? path : `${new URL(publicUrl).origin}${path}`;
  const is = publicUrl === null ? told.pathname : `${told.origin}${told.pathname}`;
  if (is !== wanted) {
    return fail(
      `OAUTH_CALLBACK_URL is ${oauthCallbackUrl}; this hub waits at ${wanted}.`,
      'Set it to that, here and at the provider.',
    );
  }
  if (outage !== undefined)
    return warn(`${outage[0]} could not be asked: ${outage[1]}.`, 'See whether the provider is up.');
  return fine(`People come back to ${oauthCallbackUrl}.`);
}

function doorsFinding(parts: ComposedHub, settings: Settings): Finding {
  const state = signInHealth(parts, settings);
  if (state === 'ok') return fine('Signing in is as it should be.');
  return warn(`Signing in is ${state}.`, 'docs/how-to/who-may-come-in.md');
}

function trialFinding({ hub }: ComposedHub, { publicUrl, publicIp }: Settings): Finding {
  if (!hub.settings.unsafe) return fine('Everybody has a way in of their own.');
  const host = publicUrl === null ? (publicIp ?? '') : new URL(publicUrl).hostname;
  const next = 'Set AUTHENTICATOR_CLASS to something else than dummy.';
  if (isLoopback(host)) return warn('One password opens every account; only this machine can come in.', next);
  return fail('One password opens every account, and others than this machine can come in.', next);
}

async function userlistFinding({ userlistFile }: Settings): Promise<Finding> {
  if (userlistFile === null) return fine('No userlist is in use.');
  const text = await readFile(userlistFile, 'utf8').catch(
    (error: NodeJS.ErrnoException) => error.code ?? String(error),
  );
  if (/^E[A-Z]+$/.test(text))
    return fail(
      `${userlistFile} cannot be read (${text}); the last good one is in force.`,
      'make up tells what keeps the hub from reading it.',
    );
  const { list, faults } = readUserlist(text);
  if (list === null)
    return fail(
      `userlist cannot be used: ${faults.join('; ')}. The last good one is in force.`,
      'Correct it; it is read again at once.',
    );
  return faults.length === 0
    ? fine(`${list.size} names.`)
    : warn(`userlist: ${faults.join('; ')}.`, 'Correct it; it is read again at once.');
}
