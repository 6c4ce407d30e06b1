import { hostname } from 'node:os';
import type { Settings } from './settings.ts';

/** Where the hub listens for notebook servers: `HUB_API_BIND`, with `hub_ip` and `hub_port` in their places. */
export function hubApiBind({ hubApiBind: whole, hubIp, hubPort }: Settings): string {
  return withParts(whole, hubIp === '' || hubIp === '*' ? '0.0.0.0' : hubIp, hubPort);
}

/**
 * Where notebook servers find it, no slash at the end. Who listens at every address is found by the machine's
 * name, as JupyterHub does it.
 */
export function hubConnectUrl(settings: Settings): string {
  if (settings.hubConnectUrl !== null) {
    return withParts(settings.hubConnectUrl, settings.hubConnectIp, null);
  }
  const bound = hubApiBind(settings);
  const everywhere = ['0.0.0.0', '[::]'].includes(new URL(bound).hostname);
  return withParts(bound, settings.hubConnectIp ?? (everywhere ? hostname() : null), null);
}

function withParts(url: string, host: string | null, port: number | null): string {
  const parts = new URL(url);
  if (host !== null) parts.hostname = host.includes(':') ? `[${host}]` : host;
  if (port !== null) parts.port = String(port);
  return parts.toString().replace(/\/+$/, '');
}
