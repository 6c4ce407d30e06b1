import { lineage } from './class-tree.ts';
import { FOREIGN_TRAITS } from './foreign-traits.ts';

/**
 * Names of a JupyterHub or z2jh configuration for which one machine has no use. Each is told once, in words, and
 * has no effect; a name that is neither here nor a setting stops the start, because it may be a misspelt lock.
 */
export interface ForeignName {
  /** A path of `config.yaml`, or `Class.trait`; all below it is meant too. */
  readonly name: string;
  /** Follows the name. */
  readonly words: string;
  /** Stops the start: what it asks for cannot be had, and to go on without it would be another configuration. */
  readonly refused?: boolean;
}

const cluster = 'is for Kubernetes and has no effect on one machine';
const ownProxy = 'has no effect: the proxy is Berth’s own';

export const FOREIGN_NAMES: readonly ForeignName[] = [
  // Until a setting takes the name: settings are looked up first.
  ...[
    'singleuser.extraFiles',
    'singleuser.uid',
    'singleuser.storage.extraVolumes',
    'singleuser.storage.extraVolumeMounts',
    'singleuser.storage.static',
    'hub.consecutiveFailureLimit',
    'hub.allowNamedServers',
    'hub.redirectToServer',
    'hub.shutdownOnLogout',
    'hub.authenticatePrometheus',
    'hub.templatePaths',
    'hub.extraEnv',
    'proxy.https.manual',
    'proxy.https.secret',
    'prePuller',
    'debug',
  ].map((name) => ({ name, words: 'has no effect yet: this version of Berth has no such setting' })),
  ...[
    'scheduling',
    'ingress',
    'httpRoute',
    'rbac',
    'imagePullSecret',
    'imagePullSecrets',
    'fullnameOverride',
    'nameOverride',
    'enabled',
    'global',
    'custom',
    'hub.service',
    'hub.deploymentStrategy',
    'hub.networkPolicy',
    'hub.pdb',
    'hub.serviceAccount',
    'hub.resources',
    'hub.containerSecurityContext',
    'hub.podSecurityContext',
    'hub.livenessProbe',
    'hub.readinessProbe',
    'hub.nodeSelector',
    'hub.tolerations',
    'hub.labels',
    'hub.annotations',
    'hub.image',
    'hub.initContainers',
    'hub.extraContainers',
    'hub.extraVolumes',
    'hub.extraVolumeMounts',
    'hub.existingSecret',
    'hub.revisionHistoryLimit',
    'singleuser.networkPolicy',
    'singleuser.cloudMetadata',
    'singleuser.extraNodeAffinity',
    'singleuser.extraPodAffinity',
    'singleuser.extraPodAntiAffinity',
    'singleuser.extraTolerations',
    'singleuser.extraLabels',
    'singleuser.extraAnnotations',
    'singleuser.initContainers',
    'singleuser.extraContainers',
    'singleuser.lifecycleHooks',
    'singleuser.serviceAccountName',
    'singleuser.extraPodConfig',
    'singleuser.extraResource',
    'singleuser.allowPrivilegeEscalation',
    'singleuser.fsGid',
    'singleuser.events',
    'singleuser.storage.dynamic',
    'singleuser.storage.capacity',
    'singleuser.image.pullSecrets',
    'proxy.service',
    'proxy.traefik',
    'proxy.secretSync',
    'proxy.labels',
    'proxy.annotations',
    'proxy.deploymentStrategy',
    'prePuller.hook.serviceAccount',
    'prePuller.resources',
  ].map((name) => ({ name, words: cluster })),
  { name: 'proxy.chp', words: ownProxy },
  { name: 'proxy.secretToken', words: 'has no effect: `make up` writes secrets/proxy_auth_token' },
  { name: 'hub.cookieSecret', words: 'has no effect: `make up` writes secrets/cookie_secret' },
  { name: 'hub.db', words: 'has no effect: the hub keeps one file on its volume' },
  { name: 'JupyterHub.db_url', words: 'has no effect: the hub keeps one file on its volume' },
  {
    name: 'hub.extraConfig',
    words:
      'is Python, which this hub does not run: say with settings what it does (docs/reference/settings.md)',
    refused: true,
  },
  { name: 'hub.extraFiles', words: 'cannot be carried out: put the files into an image', refused: true },
  {
    name: 'JupyterHub.admin_access',
    words: 'has no effect: administrators may enter others’ servers, and each time is written to the log',
  },
  ...['JupyterHub.ssl_key', 'JupyterHub.ssl_cert'].map((name) => ({
    name,
    words: 'has no effect: with compose/tls.yaml the proxy takes secrets/jupyterhub.crt and .key',
  })),
  { name: 'JupyterHub.proxy_class', words: ownProxy },
  { name: 'JupyterHub.cleanup_servers', words: 'has no effect: the end of the hub never ends a server' },
  { name: 'JupyterHub.cleanup_proxy', words: 'has no effect: the proxy goes on without the hub' },
  {
    name: 'DockerSpawner.remove',
    words: 'has no effect: a stopped container is removed once its last words are kept',
  },
  {
    name: 'DockerSpawner.remove_containers',
    words: 'has no effect: a stopped container is removed once its last words are kept',
  },
  {
    name: 'DockerSpawner.use_internal_ip',
    words: 'has no effect: servers are always reached over the notebooks’ network',
  },
  { name: 'ConfigurableHTTPProxy.should_start', words: ownProxy },
  {
    name: 'ConfigurableHTTPProxy.auth_token',
    words: 'has no effect: `make up` writes secrets/proxy_auth_token',
  },
  ...FOREIGN_TRAITS,
];

/** The entry that covers a name, or one of its parents: of a place in the file, or of a trait's class. */
export function foreignName(name: string): ForeignName | null {
  const [owner = '', ...rest] = name.split('.');
  const names = lineage(owner).map((each) => [each, ...rest].join('.'));
  const covers = (foreign: ForeignName) =>
    names.some((each) => each === foreign.name || each.startsWith(`${foreign.name}.`));
  return FOREIGN_NAMES.find(covers) ?? null;
}
