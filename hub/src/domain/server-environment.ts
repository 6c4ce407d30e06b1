import { oauthClientId } from './client-id.ts';
import { serverPath } from './server.ts';
import type { SpawnSettings } from './settings.ts';
import { usernameInUrl } from './user.ts';

/** Scopes of a server's own token: report activity, and be let in by itself. */
export function serverTokenScopes(user: string, server: string): readonly string[] {
  return [`users:activity!user=${user}`, `access:servers!server=${user}/${server}`];
}

/** Where the OAuth provider sends a browser back to: a path, as `jupyterhub-singleuser` compares it. */
export function oauthCallbackPath(baseUrl: string, user: string, server: string): string {
  return `${serverPath(baseUrl, user, server)}oauth_callback`;
}

/**
 * The environment of a notebook container: the full set of JupyterHub 5.5, which every
 * `jupyterhub-singleuser` from 3.0 on accepts (hub contract §1.1).
 *
 * `token` is the server's API token and the secret of its OAuth client.
 */
export function serverEnvironment(
  settings: SpawnSettings,
  of: { readonly user: string; readonly server: string; readonly image: string; readonly token: string },
): Readonly<Record<string, string>> {
  const { user, server, image, token } = of;
  const { baseUrl, publicOrigin } = settings;
  const prefix = serverPath(baseUrl, user, server);
  const access = JSON.stringify([`access:servers!server=${user}/${server}`, `access:servers!user=${user}`]);
  return {
    JUPYTERHUB_API_TOKEN: token,
    JPY_API_TOKEN: token,
    JUPYTERHUB_CLIENT_ID: oauthClientId(user, server),
    // 0.0.0.0 is said aloud: before 5.3 an empty host meant 127.0.0.1.
    JUPYTERHUB_SERVICE_URL: `http://0.0.0.0:${settings.port}${prefix}`,
    JUPYTERHUB_SERVICE_PREFIX: prefix,
    JUPYTERHUB_API_URL: settings.hubApiUrl,
    JUPYTERHUB_BASE_URL: baseUrl,
    JUPYTERHUB_OAUTH_CALLBACK_URL: oauthCallbackPath(baseUrl, user, server),
    JUPYTERHUB_OAUTH_ACCESS_SCOPES: access,
    JUPYTERHUB_OAUTH_SCOPES: access,
    JUPYTERHUB_OAUTH_CLIENT_ALLOWED_SCOPES: '[]',
    JUPYTERHUB_USER: user,
    JUPYTERHUB_SERVER_NAME: server,
    JUPYTERHUB_ACTIVITY_URL: `${settings.hubApiUrl}/users/${usernameInUrl(user)}/activity`,
    JUPYTERHUB_HOST: '',
    JUPYTERHUB_PUBLIC_URL: publicOrigin === '' ? '' : `${publicOrigin}${prefix}`,
    JUPYTERHUB_PUBLIC_HUB_URL: publicOrigin === '' ? '' : `${publicOrigin}${baseUrl}hub/`,
    JUPYTERHUB_COOKIE_HOST_PREFIX_ENABLED: '0',
    JUPYTERHUB_ROOT_DIR: settings.notebookDir,
    JUPYTERHUB_DEFAULT_URL: settings.defaultUrl,
    JUPYTER_IMAGE_SPEC: image,
    // Hints for the memory display in the notebook; the container's cgroup is the limit itself.
    ...(settings.memory === null ? {} : { MEM_LIMIT: String(settings.memory) }),
    ...(settings.cpus === null ? {} : { CPU_LIMIT: pythonFloat(settings.cpus) }),
  };
}

/** Python reads `2.0` and `2` alike, but JupyterHub writes the former, and scripts compare. */
function pythonFloat(value: number): string {
  return Number.isInteger(value) ? `${value}.0` : String(value);
}
