import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeProviderFetch } from './provider-fetch.ts';

let server: Server;
let origin: string;
const asked: string[] = [];

beforeAll(async () => {
  const folder = mkdtempSync(join(tmpdir(), 'berth-provider-'));
  const [key, cert] = [join(folder, 'key'), join(folder, 'cert')];
  const made = [
    '-newkey',
    'ec',
    '-pkeyopt',
    'ec_paramgen_curve:P-256',
    '-nodes',
    '-keyout',
    key,
    '-out',
    cert,
  ];
  const of = ['-days', '2', '-subj', '/CN=127.0.0.1', '-addext', 'subjectAltName=IP:127.0.0.1'];
  execFileSync('openssl', ['req', '-x509', ...made, ...of], { stdio: 'ignore' });
  server = createServer({ key: readFileSync(key), cert: readFileSync(cert) }, (request, response) => {
    asked.push(request.url ?? '');
    if (request.url === '/away') response.writeHead(307, { location: '/elsewhere' });
    response.end('{}');
  });
  rmSync(folder, { recursive: true });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  origin = `https://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`;
});
afterAll(() => server.close());

const ask = (verify: boolean, path: string) => {
  const { fetch, within } = makeProviderFetch({ verify });
  return within(10_000, () => fetch(`${origin}${path}`, { body: 'client_secret=word', method: 'POST' }));
};

test('a certificate that nobody vouches for is refused before anything is said, unless the setting lets it be', async () => {
  await expect(ask(true, '/token')).rejects.toMatchObject({ code: 'DEPTH_ZERO_SELF_SIGNED_CERT' });
  expect(asked).toEqual([]);
  expect((await ask(false, '/token')).status).toBe(200);
});

test('a redirect is not followed: the secret goes nowhere else', async () => {
  expect((await ask(false, '/away')).status).toBe(307);
  expect(asked).not.toContain('/elsewhere');
});
