import type { Clock, Digest, Log, Random, Routes } from '../domain/ports.ts';
import { Problem } from '../domain/problem.ts';
import { type Service, type ServiceSpec, servicePath } from '../domain/service.ts';
import type { Store } from '../domain/store.ts';

/** Services that run by themselves: their place at the proxy, their token, their OAuth client. */
export interface ChangeServices {
  /** @throws Problem SERVER-001 when name, token or client id are taken. */
  add(spec: ServiceSpec): Promise<Service>;
  remove(name: string): Promise<void>;
  /** At the start: those of the configuration are as it says, and those no longer in it go. */
  configure(specs: readonly ServiceSpec[]): Promise<void>;
  /** Tells the proxy of all of them again. What it does not take is left for the next time. */
  offer(): Promise<void>;
}

interface Ports {
  readonly store: Store;
  readonly clock: Clock;
  readonly random: Random;
  readonly digest: Digest;
  readonly routes: Routes;
  readonly log: Log;
  readonly baseUrl: string;
}

export function makeChangeServices(ports: Ports): ChangeServices {
  const { store, routes, log, baseUrl } = ports;

  const route = async (service: Service): Promise<void> => {
    if (service.url === null) return;
    const { name, url } = service;
    await routes.add({
      path: servicePath(baseUrl, name),
      target: url,
      user: null,
      server: null,
      service: name,
    });
  };
  const offer = async (): Promise<void> => {
    for (const service of store.services.values()) {
      await route(service).catch((error) =>
        log.warn({ service: service.name, error }, 'a service has no route'),
      );
    }
  };

  return {
    async add(spec) {
      const service = recordOf(ports, spec, false);
      await store.change((drafts) => {
        checkFree(store, service);
        drafts.services.put(service);
      });
      await offer();
      return service;
    },
    async remove(name) {
      const service = store.services.get(name);
      if (service === undefined) return;
      await store.change((drafts) => {
        for (const token of store.tokens.where('clientId', service.clientId))
          drafts.tokens.delete(token.hash);
        for (const code of store.codes.where('clientId', service.clientId)) drafts.codes.delete(code.hash);
        drafts.services.delete(name);
      });
      if (service.url !== null) await routes.remove(servicePath(baseUrl, name));
    },
    async configure(specs) {
      const kept = new Set(specs.map(({ name }) => name));
      await store.change((drafts) => {
        for (const service of store.services.values()) {
          if (service.fromConfig && !kept.has(service.name)) drafts.services.delete(service.name);
        }
        for (const spec of specs) {
          const service = {
            ...recordOf(ports, spec, true),
            lastActivity: store.services.get(spec.name)?.lastActivity ?? null,
          };
          drafts.services.delete(spec.name);
          checkFree(store, service);
          drafts.services.put(service);
        }
      });
      await offer();
    },
    offer,
  };
}

function recordOf({ clock, digest, baseUrl }: Ports, spec: ServiceSpec, fromConfig: boolean): Service {
  const hash = spec.apiToken === undefined ? null : digest(spec.apiToken);
  const path = servicePath(baseUrl, spec.name);
  return {
    name: spec.name,
    admin: spec.admin ?? false,
    url: spec.url ?? null,
    tokenHash: hash,
    tokenId: `a${(hash ?? digest(spec.name)).slice(0, 12)}`,
    tokenCreated: clock.now(),
    lastActivity: null,
    clientId: spec.clientId ?? `service-${spec.name}`,
    redirectUri: spec.redirectUri ?? (spec.url === undefined ? null : `${path}oauth_callback`),
    allowedScopes: spec.allowedScopes ?? [],
    trusted: spec.trusted ?? false,
    info: spec.info ?? {},
    display: spec.display ?? true,
    fromConfig,
  };
}

/** One token opens one door: a service's word may be nobody else's. */
function checkFree(store: Store, service: Service): void {
  const { name, clientId, tokenHash } = service;
  if (store.services.get(name) !== undefined) {
    throw new Problem('SERVER-001', { detail: `Service ${name} already exists` });
  }
  if (store.services.where('clientId', clientId).length > 0) {
    throw new Problem('SERVER-001', { detail: `The OAuth client id ${clientId} is taken` });
  }
  if (tokenHash === null) return;
  if (store.services.where('tokenHash', tokenHash).length > 0 || store.tokens.get(tokenHash) !== undefined) {
    throw new Problem('SERVER-001', { detail: 'This api_token belongs to somebody else' });
  }
}
