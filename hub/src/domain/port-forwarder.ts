import { LABEL } from './container-spec.ts';
import type { ContainerView } from './containers.ts';
import { type Server, serverPath } from './server.ts';

/**
 * Labels of a forwarder, beside the hub's own: it shares the network of one notebook container, and leads to the
 * programs that listen there. Not those of a server: a hub that knows nothing of forwarders must not take it for one.
 */
export const FORWARDER_LABEL = {
  user: 'org.berth.ports.user',
  server: 'org.berth.ports.server',
  /** Id of the notebook container. */
  of: 'org.berth.ports.of',
  /** Where it listens. */
  port: 'org.berth.ports.port',
} as const;

/** The variable that holds a forwarder's key: how the hub finds it again after a restart. */
export const FORWARDER_KEY = 'PORTS_KEY';

/** Everything the engine must know to make a forwarder; what is the same for all of them is the adapter's. */
export interface ForwarderSpec {
  readonly name: string;
  readonly image: string;
  /** Whose network it shares. */
  readonly of: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly environment: Readonly<Record<string, string>>;
}

/** What a container's labels say of a forwarder. */
export interface ForwarderOwner {
  readonly user: string;
  readonly server: string;
  readonly of: string;
  readonly port: number;
}

/** Path under which the proxy leads to a server's ports: `/jhub/user/alice/gpu/proxy/`. */
export function portsPath(baseUrl: string, { user, name }: Pick<Server, 'user' | 'name'>): string {
  return `${serverPath(baseUrl, user, name)}proxy/`;
}

/** One for each notebook container, so that two hubs or two requests at once cannot make two. */
export function forwarderName(containerId: string): string {
  return `berth-ports-${containerId.slice(0, 12)}`;
}

/** The environment holds the key in plain text: never log the result. */
export function forwarderSpec(
  {
    instance,
    baseUrl,
    image,
  }: { readonly instance: string; readonly baseUrl: string; readonly image: string },
  { user, name, containerId }: Pick<Server, 'user' | 'name'> & { readonly containerId: string },
  at: { readonly address: string; readonly port: number; readonly key: string },
): ForwarderSpec {
  return {
    name: forwarderName(containerId),
    image,
    of: containerId,
    labels: {
      [LABEL.hub]: instance,
      [FORWARDER_LABEL.user]: user,
      [FORWARDER_LABEL.server]: name,
      [FORWARDER_LABEL.of]: containerId,
      [FORWARDER_LABEL.port]: String(at.port),
    },
    environment: {
      PORTS_HOST: at.address,
      PORTS_PORT: String(at.port),
      // Compared with what the browser's path decodes to.
      PORTS_PREFIX: decodeURIComponent(serverPath(baseUrl, user, name)),
      PORTS_OWNER: user,
      PORTS_SERVER: name,
      [FORWARDER_KEY]: at.key,
    },
  };
}

/** Whose forwarder this container is, or null when it is none of this hub's. */
export function forwarderOf(
  { labels }: Pick<ContainerView, 'labels'>,
  instance: string,
): ForwarderOwner | null {
  const user = labels[FORWARDER_LABEL.user];
  const server = labels[FORWARDER_LABEL.server];
  const of = labels[FORWARDER_LABEL.of];
  const port = Number(labels[FORWARDER_LABEL.port]);
  if (labels[LABEL.hub] !== instance || user === undefined || server === undefined || of === undefined)
    return null;
  return Number.isInteger(port) ? { user, server, of, port } : null;
}
