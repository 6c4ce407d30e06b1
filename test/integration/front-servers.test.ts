import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { get as getHttps } from 'node:https';
import { connect } from 'node:tls';
import { request } from 'undici';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { FrontHouse } from './front-house.ts';
import { until } from './locked-container.ts';

const CLAIMS = {
  host: 'hub.example',
  'x-forwarded-for': '6.6.6.6, 203.0.113.9',
  'x-forwarded-proto': 'https',
  'x-forwarded-host': 'elsewhere.example',
  'x-forwarded-port': '81',
  'x-real-ip': '6.6.6.6',
  forwarded: 'for=6.6.6.6;proto=https',
};

interface Told {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
}

describe.each(['nginx', 'apache'] as const)('real %s', (kind) => {
  let house: FrontHouse;
  let gateway: string;
  beforeAll(async () => {
    house = await FrontHouse.open(kind);
    gateway = await house.gateway();
  }, 900_000);
  afterAll(() => house?.close(), 120_000);

  async function ask(host: string, path = '/'): Promise<Told> {
    const answer = await until(() => request(`http://${host}:8080${path}`, { headers: CLAIMS }));
    return (await answer.body.json()) as Told;
  }

  test('what a browser claims of itself is not handed on, and the address is as it was typed', async () => {
    const host = await house.front('plain', '');
    const { url, headers } = await ask(host, '/user/ana//files/a%2Fb%20c?x=%2F');
    expect(url).toBe('/user/ana//files/a%2Fb%20c?x=%2F');
    expect(headers).toMatchObject({
      host: 'hub.example',
      'x-forwarded-for': gateway,
      'x-forwarded-proto': 'http',
      'x-forwarded-host': 'hub.example',
    });
    expect(JSON.stringify(headers)).not.toMatch(/6\.6\.6\.6|203\.0\.113\.9|elsewhere|"81"/);
  });

  test('a server before it is believed when it is named: whom it saw, and by what', async () => {
    const host = await house.front('believed', gateway);
    const { headers } = await ask(host);
    // What the browser told that server stays before it in the list, or is gone; the last word counts.
    expect(headers['x-forwarded-for']?.split(', ').at(-1)).toBe('203.0.113.9');
    expect(headers['x-forwarded-proto']).toBe('https');
    expect(headers['x-forwarded-host']).toBe('hub.example');
  });

  test('another one than the named is not', async () => {
    const host = await house.front('other', '198.51.100.7,198.51.100.0/28');
    const { headers } = await ask(host);
    expect(headers['x-forwarded-for']?.split(', ').at(-1)).toBe(gateway);
    expect(headers['x-forwarded-proto']).toBe('http');
  });

  test('a certificate that comes later, and one that replaces it, is taken without ending what is open', async () => {
    const host = await house.front('renewed', '');
    expect((await ask(host)).headers['x-forwarded-proto']).toBe('http');
    await house.certify('renewed', 'one.example');
    expect(await until(() => nameAt(host))).toBe('one.example');
    // A connection of before is served to its end by a worker of before.
    const to = await until(async () => {
      const plain = await request(`http://${host}:8080/a?b`, {
        headers: { host: 'hub.example' },
        reset: true,
      });
      if (plain.statusCode !== 308) throw new Error(`still ${plain.statusCode}`);
      return plain.headers.location;
    });
    expect(to).toBe('https://hub.example/a?b');

    const open = getHttps({ host, port: 8443, path: '/stream', rejectUnauthorized: false, agent: false });
    const [stream] = (await once(open, 'response')) as [IncomingMessage];
    await house.certify('renewed', 'two.example');
    await until(async () => {
      if ((await nameAt(host)) !== 'two.example') throw new Error('still the old certificate');
    });
    let text = '';
    for await (const piece of stream) text += String(piece);
    expect(text).toMatch(/^line 1\n[\s\S]*line 12\nend$/);
    expect(await house.log('renewed')).toContain('certificate read again');
  });
});

async function nameAt(host: string): Promise<string> {
  const socket = connect({ host, port: 8443, rejectUnauthorized: false });
  await once(socket, 'secureConnect');
  const { CN } = socket.getPeerCertificate().subject;
  socket.destroy();
  return String(CN);
}
