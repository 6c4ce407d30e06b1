import { fieldKey } from '../http/header-kinds.ts';
import { Refusal } from '../refusal.ts';
import { separated } from './comma-list.ts';
import { hostName } from './host-name.ts';
import type { GivenOptions } from './parse-options.ts';
import type { ForwardSettings } from './settings.ts';

/** How requests are passed on. @throws Refusal */
export function forwardSettings(given: GivenOptions): ForwardSettings {
  const protocolRewrite = given.text('protocol-rewrite');
  if (protocolRewrite !== undefined && protocolRewrite !== 'http' && protocolRewrite !== 'https') {
    throw new Refusal(400, '--protocol-rewrite takes http or https.');
  }
  return {
    xForward: !given.flag('no-x-forward'),
    customHeaders: customHeaders(given.list('custom-header')),
    autoRewrite: given.flag('auto-rewrite'),
    protocolRewrite,
    hostRouting: given.flag('host-routing'),
    allowedHosts: new Set(separated(given.list('allowed-hosts')).map(hostName)),
    includePrefix: !given.flag('no-include-prefix'),
    prependPath: !given.flag('no-prepend-path'),
    changeOrigin: given.flag('change-origin'),
    timeout: given.number('timeout') ?? 0,
    proxyTimeout: given.number('proxy-timeout') ?? 0,
  };
}

const CUSTOM_HEADER = /^\s*([!#$%&'*+\-.^_`|~0-9A-Za-z]+)\s*:\s*([\t\x20-\x7e\x80-\xff]*?)\s*$/;
const NOT_CUSTOM =
  /^(?:host|content-length|transfer-encoding|connection|keep-alive|te|trailer|upgrade|expect)$/;

function customHeaders(given: readonly string[]): Map<string, { name: string; value: string }> {
  const headers = new Map<string, { name: string; value: string }>();
  for (const header of given) {
    const [, name, value] = CUSTOM_HEADER.exec(header) ?? [];
    if (name === undefined || value === undefined)
      throw new Refusal(400, `--custom-header needs name:value, not "${header}".`);
    if (NOT_CUSTOM.test(name.toLowerCase()))
      throw new Refusal(400, `--custom-header cannot set ${name}: it belongs to the connection.`);
    headers.set(fieldKey(name), { name, value });
  }
  return headers;
}
