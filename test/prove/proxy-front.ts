import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { accepts, container } from './proxy-container.ts';

const run = promisify(execFile);

const PORT = 18600;

/** Debian's nginx in front of a proxy, as the documentation says. Returns its URL. */
export async function startNginx(target: string): Promise<{ url: string; close: () => Promise<void> }> {
  const directory = mkdtempSync(join(tmpdir(), 'berth-nginx-'));
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
    .map((name) => `${name}_temp_path ${directory}/${name};`)
    .join(' ');
  writeFileSync(
    join(directory, 'nginx.conf'),
    `daemon off; pid ${directory}/pid; error_log stderr; events {}
http { access_log off; client_max_body_size 0; ${temporary}
  map $http_upgrade $connection_upgrade { default upgrade; '' ''; }
  server { listen 127.0.0.1:${PORT};
    location / { proxy_pass ${target}; proxy_http_version 1.1; proxy_buffering off; proxy_request_buffering off; proxy_read_timeout 1h;
      proxy_set_header Host $http_host; proxy_set_header Upgrade $http_upgrade; proxy_set_header Connection $connection_upgrade;
      proxy_set_header X-Forwarded-For $remote_addr; proxy_set_header X-Forwarded-Proto $scheme; proxy_set_header X-Forwarded-Host $http_host; } } }`,
  );
  const child = spawn('nginx', ['-c', join(directory, 'nginx.conf')], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  await accepts('127.0.0.1', PORT);
  if (child.exitCode !== null) throw new Error('nginx did not start');
  return {
    url: `http://127.0.0.1:${PORT}`,
    close: async () => {
      child.kill('SIGTERM');
      await once(child, 'exit');
    },
  };
}

const APACHE_IMAGE = 'berth-prove-apache';
const APACHE_DOCKERFILE = `ARG BASE_IMAGE=debian:trixie-slim
FROM \${BASE_IMAGE}
RUN apt-get update -q && DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends apache2 \\
 && rm -rf /var/lib/apt/lists/* && a2enmod -q proxy proxy_http proxy_wstunnel headers
CMD ["apachectl", "-D", "FOREGROUND"]
`;

/** Debian's Apache in a container in front of a proxy that the bridge reaches. Returns its URL. */
export async function startApache(target: string): Promise<{ url: string; close: () => Promise<void> }> {
  const directory = mkdtempSync(join(tmpdir(), 'berth-apache-'));
  writeFileSync(join(directory, 'Dockerfile'), APACHE_DOCKERFILE);
  writeFileSync(
    join(directory, '000-default.conf'),
    `ServerName localhost
<VirtualHost *:80>
  ProxyPreserveHost On
  AllowEncodedSlashes NoDecode
  RequestHeader set X-Forwarded-Proto expr=%{REQUEST_SCHEME}
  ProxyPass / ${target}/ upgrade=websocket timeout=3600 flushpackets=on nocanon
</VirtualHost>
`,
    { mode: 0o644 },
  );
  await run('docker', ['build', '-q', '-t', APACHE_IMAGE, directory], { timeout: 600_000 });
  const volume = `${join(directory, '000-default.conf')}:/etc/apache2/sites-enabled/000-default.conf:ro`;
  const { address, close } = await container('--volume', volume, APACHE_IMAGE);
  await accepts(address, 80);
  return { url: `http://${address}`, close };
}
