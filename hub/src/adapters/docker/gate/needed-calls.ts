/** What a call may be about: what of this hub's, by label. */
export type Kind =
  /** Somebody's server. */
  | 'server'
  /** A container that is never started: through it the engine reads and writes a volume. */
  | 'keeper'
  /** What the doctor tries out. */
  | 'trial'
  /** What leads to the programs in a server's network. */
  | 'forwarder';

export type Subject = readonly Kind[] | 'volume' | 'network' | 'image' | 'nothing';

/** Shapes of bodies that pass; what comes in a body for which there is none is left behind. */
export type BodyRule = 'none' | 'container' | 'limits' | 'volume' | 'network' | 'image' | 'archive';

/** One call of the engine that the hub needs. */
export interface NeededCall {
  /** As the client library names it: `Container.inspect`. */
  readonly by: string;
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** `{name}` stands for one name or id; that of an image may hold slashes. */
  readonly path: string;
  /** Whole values. Other words of a query are left behind: the engine never sees them. */
  readonly query: Readonly<Record<string, RegExp>>;
  readonly about: Subject;
  readonly body: BodyRule;
}

const YES_NO = /^(?:true|false|1|0)$/;
const NUMBER = /^\d{1,10}$/;
const TIME = /^\d{1,12}(?:\.\d{1,9})?$/;
/** Looked at by themselves. */
const JSON_WORDS = /^\{[^\0]{0,4000}\}$/;
export const IMAGE_NAME = /^[A-Za-z0-9](?:[A-Za-z0-9_.:@-]|\/(?=[A-Za-z0-9])){0,254}$/;
export const OWN_NAME = /^[A-Za-z0-9][A-Za-z0-9_.-]{0,254}$/;
const CONTAINERS: Subject = ['server', 'keeper', 'trial', 'forwarder'];
const RUNNING: Subject = ['server', 'trial', 'forwarder'];
const SERVERS: Subject = ['server'];

/**
 * Everything that the hub asks of the engine. `needed-calls.test.ts` holds it against what `adapters/docker` calls:
 * who needs another one adds its line here, with the narrowest query and body.
 */
export const NEEDED_CALLS: readonly NeededCall[] = [
  call('Docker.info', 'GET /info', 'nothing'),
  call('Docker.version', 'GET /version', 'nothing'),
  call('Docker.df', 'GET /system/df', 'nothing'),
  call('Docker.getEvents', 'GET /events', 'nothing', { since: TIME, until: TIME, filters: JSON_WORDS }),
  call('Docker.listContainers', 'GET /containers/json', 'nothing', { all: YES_NO, filters: JSON_WORDS }),
  call('Docker.listImages', 'GET /images/json', 'nothing'),
  call('Docker.listVolumes', 'GET /volumes', 'nothing'),

  call('Docker.createContainer', 'POST /containers/create', 'nothing', { name: OWN_NAME }, 'container'),
  call('Container.inspect', 'GET /containers/{name}/json', CONTAINERS, { size: YES_NO }),
  call('Container.start', 'POST /containers/{name}/start', RUNNING),
  call('Container.stop', 'POST /containers/{name}/stop', SERVERS, { t: NUMBER }),
  call('Container.pause', 'POST /containers/{name}/pause', SERVERS),
  call('Container.unpause', 'POST /containers/{name}/unpause', SERVERS),
  call('Container.update', 'POST /containers/{name}/update', SERVERS, {}, 'limits'),
  call('Container.wait', 'POST /containers/{name}/wait', RUNNING),
  call('Container.stats', 'GET /containers/{name}/stats', SERVERS, { stream: YES_NO, 'one-shot': YES_NO }),
  call('Container.logs', 'GET /containers/{name}/logs', RUNNING, {
    stdout: YES_NO,
    stderr: YES_NO,
    follow: /^false$/,
    tail: NUMBER,
  }),
  call('Container.getArchive', 'GET /containers/{name}/archive', ['keeper'], {
    path: /^\/berth\/volume\/\.$/,
  }),
  call(
    'Container.putArchive',
    'PUT /containers/{name}/archive',
    ['keeper'],
    { path: /^\/berth(?:\/volume)?$/ },
    'archive',
  ),
  call('Container.commit', 'POST /commit', SERVERS, { pause: YES_NO, container: OWN_NAME }),
  call('Container.remove', 'DELETE /containers/{name}', CONTAINERS, { force: YES_NO, v: YES_NO }),

  call('Image.inspect', 'GET /images/{name}/json', 'image'),
  call('Image.history', 'GET /images/{name}/history', 'image'),
  call('Image.distribution', 'GET /distribution/{name}/json', 'image'),
  call('Image.remove', 'DELETE /images/{name}', 'image'),
  call('Docker.pull', 'POST /images/create', 'nothing', {
    fromImage: IMAGE_NAME,
    tag: /^[A-Za-z0-9_.:-]{1,135}$/,
  }),
  call('Docker.loadImage', 'POST /images/load', 'nothing', { quiet: YES_NO }, 'image'),

  call('Volume.inspect', 'GET /volumes/{name}', 'volume'),
  call('Volume.remove', 'DELETE /volumes/{name}', 'volume', { force: YES_NO }),
  call('Docker.createVolume', 'POST /volumes/create', 'nothing', {}, 'volume'),

  call('Network.inspect', 'GET /networks/{name}', 'network'),
  call('Docker.createNetwork', 'POST /networks/create', 'nothing', {}, 'network'),
];

function call(
  by: string,
  methodAndPath: `${NeededCall['method']} /${string}`,
  about: Subject,
  query: NeededCall['query'] = {},
  body: BodyRule = 'none',
): NeededCall {
  const [method, path = ''] = methodAndPath.split(' ') as [NeededCall['method'], string];
  return { by, method, path, query, about, body };
}
