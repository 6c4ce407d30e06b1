/**
 * Paths in two dialects: the hub's have a slash at each end and are quoted as JupyterHub quotes them
 * (`/user/ann@uni.edu/my%20gpu/`); the proxy's keys are decoded and have none at the end (`/user/ann@uni.edu/my gpu`).
 */

/** Where the control API keeps the route of a path of ours. */
export function apiPath(path: string): string {
  return `/api/routes${path.replace(/\/+$/, '')}`;
}

/** A key of the proxy's table as a path of ours. */
export function pathOfKey(key: string): string {
  const segments = key.split('/').filter((segment) => segment !== '');
  if (segments.length === 0) return '/';
  return `/${segments.map((segment) => encodeURIComponent(segment).replaceAll('%40', '@')).join('/')}/`;
}
