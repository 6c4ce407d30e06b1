import { basePath, optionalUrl, setting, text } from '../setting.ts';

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
    trait: 'JupyterHub.base_url',
    doc: 'Path under which everything stands, such as `/jhub/`.',
    type: basePath,
    fallback: '/',
  }),
  hubBind: setting({
    env: 'HUB_BIND',
    trait: 'JupyterHub.hub_bind_url',
    doc: 'Where the hub listens for the proxy. Never reachable from notebooks.',
    type: text,
    fallback: 'http://127.0.0.1:8080',
  }),
  hubApiBind: setting({
    env: 'HUB_API_BIND',
    doc: 'Where the hub listens for notebook servers: the API only, no pages.',
    type: text,
    fallback: 'http://127.0.0.1:8081',
  }),
  hubConnectUrl: setting({
    env: 'HUB_CONNECT_URL',
    trait: 'JupyterHub.hub_connect_url',
    doc: 'The same place as notebook servers reach it.',
    type: text,
    fallback: 'http://127.0.0.1:8081',
  }),
  proxyApiUrl: setting({
    env: 'CONFIGPROXY_API_URL',
    trait: 'ConfigurableHTTPProxy.api_url',
    doc: "The proxy's control door.",
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
