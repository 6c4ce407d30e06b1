import { describe, expect, it } from 'vitest';
import { OPTIONS } from './options.ts';
import { helpText, parseOptions } from './parse-options.ts';
import { type ProxySettings, readSettings } from './read-settings.ts';

const read = (args: string[], env: Record<string, string> = { CONFIGPROXY_AUTH_TOKEN: 't' }): ProxySettings =>
  readSettings(parseOptions(args), env);

// `node bin/configurable-http-proxy --help` of 5.3.0.
const CHP_OPTIONS =
  `ip port socket ssl-key ssl-cert ssl-ca ssl-request-cert ssl-reject-unauthorized ssl-protocol ssl-ciphers ssl-allow-rc4
ssl-dhparam api-ip api-port api-socket api-ssl-key api-ssl-cert api-ssl-ca api-ssl-request-cert api-ssl-reject-unauthorized client-ssl-key
client-ssl-cert client-ssl-ca client-ssl-request-cert client-ssl-reject-unauthorized default-target error-target error-path redirect-port
redirect-to pid-file no-x-forward no-prepend-path no-include-prefix auto-rewrite change-origin protocol-rewrite custom-header insecure
host-routing metrics-ip metrics-port metrics-socket log-level timeout proxy-timeout storage-backend keep-alive-timeout version help`.split(
    /\s+/,
  );

describe('the command line', () => {
  it('knows every option of configurable-http-proxy 5', () => {
    expect(Object.keys(OPTIONS)).toEqual(expect.arrayContaining(CHP_OPTIONS));
    for (const name of CHP_OPTIONS) expect(helpText()).toContain(`--${name}`);
  });

  it('has configurable-http-proxy’s defaults', () => {
    const settings = read([]);
    expect(settings.publicAt).toEqual({ host: '', port: 8000 });
    expect(settings.apiAt).toEqual({ host: 'localhost', port: 8001 });
    expect(settings.metricsAt).toBeUndefined();
    expect(settings.forward).toMatchObject({
      xForward: true,
      includePrefix: true,
      prependPath: true,
      hostRouting: false,
      timeout: 0,
    });
    expect(read(['--port', '9000']).apiAt).toMatchObject({ port: 9001 });
    expect(read(['--ip', '*']).publicAt).toMatchObject({ host: '' });
  });

  it('whose X-Forwarded-* is believed can stand in the environment, where an overlay of Compose can put it', () => {
    const env = { CONFIGPROXY_AUTH_TOKEN: 't', CONFIGPROXY_TRUSTED_PROXIES: '172.30.213.2, loopback' };
    expect(read([], env).trustedProxies).toEqual(['172.30.213.2', 'loopback']);
    expect(read(['--trusted-proxies', 'none'], env).trustedProxies).toEqual(
      read(['--trusted-proxies', 'none']).trustedProxies,
    );
    expect(read([]).trustedProxies).toEqual(['loopback']);
  });

  it.each([
    [['--storage-backend', 'x'], /--storage-file/],
    [['--ssl-allow-rc4'], /RC4/],
    [['--port', 'x'], /whole number/],
    [['--port', '70000'], /65535/],
    [['--nonsense'], /nonsense/],
    [['positional'], /positional/],
    [['--error-target', 'http://x', '--error-path', '/x'], /not both/],
    [['--socket', '/s', '--port', '1'], /exclude/],
    [['--ssl-key', '/k'], /belong together/],
    [['--redirect-port', '80'], /--ssl-key/],
    [['--custom-header', 'nocolon'], /name:value/],
    [['--custom-header', 'Host: x'], /belongs to the connection/],
    [['--custom-header', 'X: a\r\nY: b'], /name:value/],
    [['--protocol-rewrite', 'gopher'], /http or https/],
    [['--log-level', 'loud'], /debug, info/],
  ])('%j is refused with one sentence', (args, sentence) => {
    expect(() => read(args)).toThrow(sentence);
  });

  it('does not open the control API to a network without a token', () => {
    expect(() => read(['--api-ip', '0.0.0.0'], {})).toThrow(/CONFIGPROXY_AUTH_TOKEN/);
    expect(read(['--api-ip', '127.0.0.1'], {}).token).toBeUndefined();
    expect(read(['--api-ip', 'proxy-control']).token).toBe('t');
  });

  it('collects custom headers and trusted proxies', () => {
    const settings = read([
      '--custom-header',
      'k1:v1',
      '--custom-header',
      ' K2 : v : 2 ',
      '--trusted-proxies',
      'loopback,10.0.0.0/8',
    ]);
    expect([...settings.forward.customHeaders.values()]).toEqual([
      { name: 'k1', value: 'v1' },
      { name: 'K2', value: 'v : 2' },
    ]);
    expect(settings.trustedProxies).toEqual(['loopback', '10.0.0.0/8']);
    expect(read(['--trusted-proxies', 'none']).trustedProxies).toEqual([]);
  });
});
