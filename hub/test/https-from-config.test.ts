import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { runConfigCommand } from '../src/cli/config-commands.ts';

function forCompose(https: string, environment: Readonly<Record<string, string>> = {}): readonly string[] {
  const file = join(mkdtempSync(join(tmpdir(), 'berth-https-')), 'config.yaml');
  writeFileSync(file, `proxy:\n  https:\n${https.replace(/^/gm, '    ')}\n`);
  const { out = '' } = runConfigCommand(['compose'], { CONFIG_FILE: file, ...environment });
  return out.split('\n').filter((line) => line !== '');
}

test('z2jh’s automatic certificates become the overlays of Compose and its settings', () => {
  const https = [
    'enabled: true',
    'type: letsencrypt',
    'hosts: [hub.example.org, lab.example.org]',
    'letsencrypt: { contactEmail: a@example.org, acmeServer: staging }',
  ].join('\n');
  expect(forCompose(https)).toEqual([
    'ACME_HOSTS=hub.example.org,lab.example.org',
    'ACME_EMAIL=a@example.org',
    'ACME_SERVER=staging',
    'COMPOSE_FILE=compose.yaml:compose/tls.yaml:compose/acme.yaml',
    'JUPYTERHUB_PORT=443',
  ]);
});

test('a certificate of one’s own needs no authority, one of a server in front nothing at all', () => {
  expect(forCompose('enabled: true\ntype: manual')).toEqual([
    'COMPOSE_FILE=compose.yaml:compose/tls.yaml',
    'JUPYTERHUB_PORT=443',
  ]);
  expect(forCompose('enabled: true\ntype: offload')).toEqual([]);
  expect(forCompose('type: letsencrypt')).toEqual([]);
});

test('a port that was told stays', () => {
  expect(forCompose('enabled: true\ntype: manual', { JUPYTERHUB_PORT: '8443' })).toEqual([
    'COMPOSE_FILE=compose.yaml:compose/tls.yaml',
  ]);
});
