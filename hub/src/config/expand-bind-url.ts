import type { Fault, Given, Layer } from './source.ts';

/**
 * `JupyterHub.bind_url` says three things in one: `http://<ip>:<port><base path>`. A layer that says it says them,
 * unless it says one of them by itself as well.
 */
export function expandBindUrl(layer: Layer): Layer {
  const bind = layer.given.get('bindUrl');
  const parts = typeof bind?.value === 'string' ? bindUrlParts(bind.value) : null;
  if (bind === undefined || parts === null) return layer;
  const given = new Map<string, Given>(layer.given);
  const faults: Fault[] = [...layer.faults];
  for (const [setting, value] of Object.entries(parts)) {
    const own = given.get(setting);
    const name = `${bind.name} (its ${PARTS[setting]})`;
    if (own === undefined) given.set(setting, { ...bind, name, value });
    else if (String(own.value).replace(/^\/+|\/+$/g, '') !== value.replace(/^\/+|\/+$/g, '')) {
      const { name, place } = own;
      faults.push({ name, place, reason: `says something else than ${bind.name}, which includes it` });
    }
  }
  return { ...layer, given, faults };
}

const PARTS: Readonly<Record<string, string>> = { publicIp: 'address', publicPort: 'port', baseUrl: 'path' };

/** Ip, port and path of `http://:8000/jhub/`; parts that it does not name are left out. Null: it is no such address. */
export function bindUrlParts(text: string): Readonly<Record<string, string>> | null {
  const match = /^https?:\/\/(\[[0-9a-f:]+\]|[^/:[\]\s]*)(?::(\d{1,5}))?(\/\S*)?$/i.exec(text.trim());
  if (match === null) return null;
  const [, host = '', port, path] = match;
  const ip = host === '*' ? '' : host.replace(/^\[|\]$/g, '');
  return {
    ...(ip === '' ? {} : { publicIp: ip }),
    ...(port === undefined ? {} : { publicPort: port }),
    ...(path === undefined ? {} : { baseUrl: path }),
  };
}
