import { serverPath } from './server.ts';
import type { SpawnSettings } from './settings.ts';
import { fillNames } from './slug.ts';
import type { WebApplication } from './web-application.ts';

/** What only the hub, the proxy and the container of one start know, and the key that all may know. */
export interface WebSecrets {
  /** Of {@link WebApplication.tokenHeader}. */
  readonly doorToken: string;
  /** The public key with which a program can check who visits. */
  readonly visitKey: string;
}

/**
 * The environment of a web application's container: where it is, and how it can tell who comes. No token of the hub's:
 * the program has nothing to ask it.
 */
export function webEnvironment(
  settings: Pick<SpawnSettings, 'baseUrl' | 'publicOrigin'>,
  web: WebApplication,
  of: { readonly user: string; readonly server: string },
  secrets: WebSecrets | undefined,
): Readonly<Record<string, string>> {
  const { baseUrl, publicOrigin } = settings;
  const prefix = serverPath(baseUrl, of.user, of.server);
  return {
    // Under the names that programs for JupyterHub look for.
    JUPYTERHUB_USER: of.user,
    JUPYTERHUB_SERVER_NAME: of.server,
    JUPYTERHUB_BASE_URL: baseUrl,
    JUPYTERHUB_SERVICE_PREFIX: prefix,
    JUPYTERHUB_PUBLIC_URL: publicOrigin === '' ? '' : `${publicOrigin}${prefix}`,
    BERTH_PORT: String(web.port),
    BERTH_VISIT_AUDIENCE: prefix,
    ...(secrets === undefined ? {} : { BERTH_VISIT_KEY: secrets.visitKey }),
    ...(web.tokenHeader === null || secrets === undefined
      ? {}
      : { [web.tokenHeader.variable]: secrets.doorToken }),
  };
}

/** As `fillNames`, and `{prefix}`: the path below which the program is seen, with a slash at each end. */
export function fillPlace(
  text: string,
  settings: Pick<SpawnSettings, 'baseUrl' | 'web'>,
  user: string,
  server: string,
): string {
  const filled = fillNames(text, user, server);
  return settings.web === undefined
    ? filled
    : filled.replaceAll('{prefix}', serverPath(settings.baseUrl, user, server));
}
