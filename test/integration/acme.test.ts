import { once } from 'node:events';
import { connect, type TLSSocket } from 'node:tls';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { AcmeHouse } from './acme-house.ts';
import { addressOf, docker, logOf, until } from './locked-container.ts';

// Against Let's Encrypt's own test authority: what it accepts here it accepts there.
let house: AcmeHouse;
let acme: string;
let proxy: string;
let host: string;
beforeAll(async () => {
  house = await AcmeHouse.open();
  acme = await house.acme('right', 'hub.test', 'hub.test');
  await house.says(acme, /of our own making is in place/);
  proxy = await house.proxy('proxy', 'right', 'hub.test');
  host = await addressOf(proxy);
}, 900_000);
afterAll(() => house?.close(), 120_000);

/** A connection as a browser opens it; `root`: whom it trusts. */
async function reach(root: string): Promise<TLSSocket> {
  const socket = connect({ host, port: 8000, servername: 'hub.test', ca: [root] });
  await once(socket, 'secureConnect');
  return socket;
}

async function asks(socket: TLSSocket): Promise<string> {
  socket.write('GET /_chp_healthz HTTP/1.1\r\nHost: hub.test\r\n\r\n');
  const [answer] = (await once(socket, 'data')) as [Buffer];
  return answer.toString().split('\r\n')[0] ?? '';
}

test('a certificate is issued, served, renewed by itself, and an open connection lives on', async () => {
  await house.says(acme, /a new certificate is in place, for hub\.test/);
  const root = await house.root();
  const first = await until(() => reach(root));
  const serial = first.getPeerCertificate().serialNumber;
  expect(first.getPeerCertificate().subjectaltname).toBe('DNS:hub.test');
  expect(await asks(first)).toBe('HTTP/1.1 200 OK');

  await house.says(acme, /(?:a new certificate is in place[\s\S]*){2}/);
  const second = await until(async () => {
    const socket = await reach(root);
    if (socket.getPeerCertificate().serialNumber !== serial) return socket;
    socket.destroy();
    throw new Error('still the old certificate');
  });
  second.destroy();
  // Opened under the certificate that is gone.
  expect(await asks(first)).toBe('HTTP/1.1 200 OK');
  first.destroy();
  expect(await logOf(proxy)).toContain('certificates read again');
}, 480_000);

test('what is in force stays while nothing has to be renewed, and the authority is not asked for it', async () => {
  const log = await house.says(acme, /the certificate holds until/);
  expect(log).not.toContain('no certificate:');
}, 300_000);

test('a name that is not this machine’s gets none, and the authority is asked less and less often, also over restarts', async () => {
  const other = await house.acme('wrong', 'elsewhere.test', 'front.test');
  // Before its own servers answer the authority is left alone.
  expect(await house.says(other, /do not answer on http/)).not.toContain('no certificate');
  // They answer, but the name leads to another machine.
  await house.proxy('other-proxy', 'wrong', 'front.test');
  const log = await house.says(other, /asked again in 6 s/);
  expect(log).toMatch(/no certificate: .*elsewhere\.test/s);
  expect([...log.matchAll(/asked again in (\d+) s/g)].map(([, seconds]) => seconds)).toEqual(['3', '6']);
  await docker(['restart', '-t', '1', other]);
  const after = await house.says(other, /asked again in 12 s/);
  expect([...after.matchAll(/asked again in (\d+) s/g)].map(([, seconds]) => seconds)).toEqual([
    '3',
    '6',
    '12',
  ]);
  expect(after).not.toContain('a new certificate');
}, 300_000);
