import { isIP } from 'node:net';
import { bindUrlParts } from '../expand-bind-url.ts';
import {
  basePath,
  list,
  number,
  optionalNumber,
  optionalText,
  optionalUrl,
  reader,
  setting,
  text,
} from '../setting.ts';
import { socketPathOf } from '../socket-url.ts';

const bindUrl = reader(
  { type: ['string', 'null'], examples: ['http://:8000/jhub/'] },
  'should be an address such as http://:8000/jhub/',
  (value): string | null | undefined => {
    if (value === undefined || value === null || value === '') return null;
    return typeof value === 'string' && bindUrlParts(value) !== null ? value.trim() : undefined;
  },
);

/** Addresses and CIDR ranges. */
const ranges = list.refine(
  (words) =>
    words.every((word) => {
      const [address = '', bits, more] = word.split('/');
      const most = isIP(address) === 6 ? 128 : 32;
      return (
        isIP(address) !== 0 &&
        more === undefined &&
        (bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= most))
      );
    }),
  'should be addresses or ranges such as 10.0.0.2 or 10.0.0.0/24',
);

/** Where to listen: as JupyterHub, `http://:8081` and `http://*:8081` are every address of the machine. */
const listenUrl = reader(
  { type: 'string', examples: ['http://:8081'] },
  'should be an address such as http://127.0.0.1:8081',
  (value): string | undefined => {
    const parts = typeof value === 'string' ? bindUrlParts(value) : null;
    if (parts === null) return undefined;
    const host = parts.publicIp ?? '0.0.0.0';
    return `http://${host.includes(':') ? `[${host}]` : host}${parts.publicPort === undefined ? '' : `:${parts.publicPort}`}`;
  },
);

/** The same, or a socket: `http+unix://%2Fvar%2Flib%2Fberth%2Fhub.sock`. */
const listenPlace = reader(
  { type: 'string', examples: ['http://127.0.0.1:8080', 'http+unix://%2Fvar%2Flib%2Fberth%2Fhub.sock'] },
  'should be an address such as http://127.0.0.1:8080, or a socket such as http+unix://%2Fvar%2Flib%2Fberth%2Fhub.sock',
  (value): string | undefined => {
    if (typeof value === 'string' && socketPathOf(value) !== null) return value.trim();
    const read = listenUrl.safeParse(value);
    return read.success ? read.data : undefined;
  },
);

/** Where the hub is found, and where it finds the others. */
export const ADDRESS_SETTINGS = {
  publicUrl: setting({
    env: 'PUBLIC_URL',
    trait: 'JupyterHub.public_url',
    doc: 'The address that people type, such as `https://hub.example`. Links and cookies follow it.',
    type: optionalUrl,
  }),
  baseUrl: setting({
    env: 'BASE_URL',
    trait: ['JupyterHub.base_url', 'hub.baseUrl'],
    doc: 'Path under which everything stands, such as `/jhub/`.',
    type: basePath,
    fallback: '/',
  }),
  bindUrl: setting({
    env: 'BIND_URL',
    trait: 'JupyterHub.bind_url',
    doc: 'The three around this one in one: `http://<JUPYTERHUB_IP>:<JUPYTERHUB_PORT><BASE_URL>`, such as `http://:8000/jhub/`.',
    type: bindUrl,
  }),
  publicIp: setting({
    env: 'JUPYTERHUB_IP',
    trait: 'JupyterHub.ip',
    doc: 'Address of this machine on which the proxy is published. Empty: every one.',
    type: optionalText,
  }),
  publicPort: setting({
    env: 'JUPYTERHUB_PORT',
    trait: 'JupyterHub.port',
    doc: 'Port of this machine on which the proxy is published.',
    type: number(1, 65_535),
    fallback: '8000',
  }),
  trustedProxies: setting({
    env: 'TRUSTED_PROXIES',
    trait: 'JupyterHub.trusted_downstream_ips',
    doc: 'Addresses or ranges of the front servers (nginx, Apache) before the proxy whose word of the browser’s address is believed. The overlays for them say it by themselves.',
    type: ranges,
  }),
  hubBind: setting({
    env: 'HUB_BIND',
    doc: 'Where the hub listens for the proxy. Never reachable from notebooks. May be a socket: `http+unix://` and its path with `%2F` for each slash.',
    type: listenPlace,
    fallback: 'http://127.0.0.1:8080',
  }),
  hubApiBind: setting({
    env: 'HUB_API_BIND',
    trait: 'JupyterHub.hub_bind_url',
    doc: 'Where the hub listens for notebook servers: the API only, no pages.',
    type: listenUrl,
    fallback: 'http://127.0.0.1:8081',
  }),
  hubIp: setting({
    env: 'HUB_IP',
    trait: 'JupyterHub.hub_ip',
    doc: 'The name or address in `HUB_API_BIND`, by itself.',
    type: optionalText,
  }),
  hubPort: setting({
    env: 'HUB_PORT',
    trait: 'JupyterHub.hub_port',
    doc: 'The port in `HUB_API_BIND`, by itself.',
    type: optionalNumber(1, 65_535),
  }),
  hubConnectUrl: setting({
    env: 'HUB_CONNECT_URL',
    trait: 'JupyterHub.hub_connect_url',
    doc: 'The same place as notebook servers reach it. Empty: as it is listened at.',
    type: optionalUrl,
  }),
  hubConnectIp: setting({
    env: 'HUB_CONNECT_IP',
    trait: 'JupyterHub.hub_connect_ip',
    doc: 'The name or address in `HUB_CONNECT_URL`, by itself.',
    type: optionalText,
  }),
  proxyApiUrl: setting({
    env: 'CONFIGPROXY_API_URL',
    trait: 'ConfigurableHTTPProxy.api_url',
    doc: "The proxy's control door. May be a socket (`--api-socket` of the proxy), written as in `HUB_BIND`.",
    type: text,
    fallback: 'http://127.0.0.1:8001',
  }),
  dockerSocket: setting({
    env: 'DOCKER_SOCKET',
    doc: 'Socket of the container engine.',
    type: text,
    fallback: '/var/run/docker.sock',
  }),
} as const;
