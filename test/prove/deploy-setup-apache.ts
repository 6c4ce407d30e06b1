import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { throughLink } from '../e2e/people.ts';
import { docker } from '../e2e/stack.ts';
import { setupFile, setupStack, startsFromHome, withStack } from './setups-stack.ts';

const NAME = 'berth-import-httpd';
const PERSON = 'imogen';

/**
 * What stands around a virtual host in everybody's Apache: modules, and the upgrade to WebSockets, which the part does
 * not say. A place outside the hosts goes before the lines of each; rewrite rules outside never reach a host that does
 * not switch them on.
 */
const AROUND = `ServerRoot /usr/lib/apache2
ServerName localhost
PidFile /tmp/apache.pid
DefaultRuntimeDir /tmp
Mutex file:/tmp default
ErrorLog /proc/self/fd/1
LogFormat "%r %>s %{Upgrade}i" short
CustomLog /proc/self/fd/1 short "expr=%{REQUEST_STATUS} >= 400"
LoadModule mpm_event_module modules/mod_mpm_event.so
LoadModule authz_core_module modules/mod_authz_core.so
LoadModule proxy_module modules/mod_proxy.so
LoadModule proxy_http_module modules/mod_proxy_http.so
Listen 80
<Location "/jhub/">
  ProxyPass http://jupyterhub:8000/jhub/ upgrade=websocket
</Location>
Include /etc/setup/httpd.conf.part
`;

/** The virtual host of `test/setups/apache-subpath`, letter by letter, in Debian's Apache. */
export async function proveApachePart(
  page: Page,
  host: string,
  port: number,
  front: number,
): Promise<string> {
  const part = await setupFile('apache-subpath/httpd.conf.part');
  const bind = /bind_url is (\S+)/.exec(part)?.[1] ?? '';
  const base = `http://${host}:${front}/jhub`;
  const stack = await setupStack('apache', port, {
    userlist: `${PERSON} admin\n`,
    'config.yaml': `hub:\n  config:\n    JupyterHub:\n      bind_url: ${bind}\n`,
    'setup/httpd.conf.part': part,
    'setup/around.conf': AROUND,
  });
  const volumes = [`jupyterhub-user-${PERSON}`];
  return await withStack(stack, { images: [], volumes }, async (output) => {
    try {
      await startApache(join(stack.directory, 'setup'), await stack.container('proxy'), `${host}:${front}`);
      const link = new URL(stack.link(output));
      await throughLink(page, `http://${host}:${front}${link.pathname}${link.search}`, PERSON);
      if (!page.url().startsWith(`${base}/`)) throw new Error(`the way led to ${page.url()}`);
      const seconds = await startsFromHome(page, base);
      return `${PERSON} through Apache at /jhub/; kernel after ${seconds.toFixed(1)} s`;
    } catch (error) {
      const log = await docker('logs', '--tail', '12', NAME).catch(() => '');
      throw new Error(`${error instanceof Error ? error.message.slice(0, 600) : String(error)}\n${log}`);
    } finally {
      await docker('rm', '--force', NAME).catch(() => '');
    }
  });
}

/** In the part the proxy's service is called jupyterhub, as in its former Compose file. */
async function startApache(folder: string, proxy: string, at: string): Promise<void> {
  const networks: unknown = JSON.parse(
    await docker('inspect', '--format', '{{json .NetworkSettings.Networks}}', proxy),
  );
  const [name, address] =
    Object.entries(networks as Record<string, { IPAddress: string }>)
      .filter(([each]) => each.endsWith('_public'))
      .map(([each, { IPAddress }]) => [each, IPAddress] as const)[0] ?? [];
  if (name === undefined) throw new Error(`the proxy is on no public network: ${JSON.stringify(networks)}`);
  await docker(
    ...['run', '--detach', '--name', NAME, '--label', 'org.berth.test=import', '--network', name],
    ...['--add-host', `jupyterhub:${address}`, '--publish', `${at}:80`],
    ...['--volume', `${folder}:/etc/setup:ro`, 'berth-apache:latest'],
    ...['apache2', '-f', '/etc/setup/around.conf', '-DFOREGROUND'],
  );
  for (let look = 0; look < 100; look++) {
    const reply = await fetch(`http://${at}/jhub/hub/health`, {
      signal: AbortSignal.timeout(2000),
    }).catch(() => null);
    if (reply?.status === 200) return;
    await new Promise((later) => setTimeout(later, 200));
  }
  throw new Error(`Apache does not answer: ${await docker('logs', NAME)}`);
}
