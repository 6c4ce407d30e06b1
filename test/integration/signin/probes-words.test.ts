import { request as plainRequest } from 'node:http';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Visitor } from '../../support/visitor.ts';
import { byCookie, JSON_TYPE, openLabHouse, type ProbeHouse } from './probe-house.ts';

// Probes by the number of the row that asks for them; `own` are those beyond the rows. Each reads back what
// must not have changed.

let house: ProbeHouse;
beforeEach(async () => {
  house = await openLabHouse();
});
afterEach(() => house.close());

describe('what is said about whom', () => {
  test.each(['evil.example', 'hub.example@evil', 'x'.repeat(1000), '', 'a b', '<script>'])(
    '§8.106 Host: %s is refused, or stands nowhere in the answer',
    async (host) => {
      const answer = await new Promise<{ status: number; text: string; location: string }>((done, failed) => {
        const { port } = new URL(house.origin);
        const asked = plainRequest(
          { port, path: '/hub/login?next=/hub/home', headers: { host, accept: 'text/html' } },
          (reply) => {
            let text = '';
            reply.setEncoding('utf8').on('data', (piece: string) => {
              text += piece;
            });
            reply.on('end', () =>
              done({ status: reply.statusCode ?? 0, text, location: reply.headers.location ?? '' }),
            );
          },
        );
        asked.once('error', failed).end();
      });
      if (answer.status === 400) return;
      expect(host === '' ? '' : answer.text).not.toContain(host === '' ? 'evil' : host);
      expect(answer.location).not.toContain('evil');
    },
  );

  test.each([
    '/hub/x%0d%0aX-Evil:1',
    '/hub/home?next=%0d%0aX-Evil:1',
    '/hub/user/a%0d%0aX-Evil:1/',
    '/user/a%0aX-Evil:1',
  ])('§8.107 %s splits no answer', async (path) => {
    const { cookie } = await house.signIn('alice');
    const { headers } = await house.send('GET', path, { cookie });
    expect(headers['x-evil']).toBeUndefined();
  });

  const HOSTILE = [
    '<img src=x onerror=alert(1)>',
    '"><svg/onload=alert(1)>',
    '</script><script>alert(1)</script>',
    '{{7*7}}',
    '\u202eevil',
  ];

  test.each(HOSTILE)('§8.109 %s is text wherever it can be shown', async (hostile) => {
    const shown: string[] = [];
    await house.addUser('eve');
    const { session, cookie } = await house.signIn('eve');
    await house.store.change((drafts) =>
      drafts.sessions.put({ ...session, userAgent: hostile, address: hostile, provider: hostile }),
    );
    const visitor = new Visitor(house.origin);
    await visitor.get('/hub/home', { cookie });
    const word = `${cookie}; _xsrf=${visitor.jar.get('_xsrf')?.value}`;
    shown.push((await visitor.post('/hub/token', { note: hostile, expires: '' }, { cookie: word })).text);
    for (const path of ['/hub/sessions', `/hub/nothing/${encodeURIComponent(hostile)}`, '/hub/token']) {
      shown.push((await house.send('GET', path, { cookie, accept: 'text/html' })).text);
    }
    const boss = await house.signIn('mary');
    for (const path of [
      '/hub/admin/sessions/eve',
      `/hub/admin?q=${encodeURIComponent(hostile)}`,
      `/hub/admin/audit?who=${encodeURIComponent(hostile)}`,
    ]) {
      shown.push((await house.send('GET', path, { cookie: boss.cookie, accept: 'text/html' })).text);
    }
    const stranger = house.visitor();
    await stranger.get('/hub/login');
    shown.push((await stranger.post('/hub/login', { username: hostile, password: 'x' })).text);
    for (const text of shown) {
      expect(text).not.toContain('<img src=x');
      expect(text).not.toContain('<svg/onload');
      expect(text).not.toContain('<script>alert');
      expect(text).not.toContain('49</');
    }
  });

  test('§8.112 there is no export of people that a spreadsheet could run', async () => {
    for (const path of [
      '/hub/admin.csv',
      '/hub/admin/export',
      '/hub/api/users.csv',
      '/hub/admin/audit.csv',
    ]) {
      const { headers } = await byCookie(house, 'mary', 'GET', path);
      expect(String(headers['content-type'])).not.toContain('csv');
    }
  });

  test.each([400, 403, 404, 413])(
    '§8.113 a secret in cookie, header, query or body is in no answer and no line of the log (%d)',
    async (status) => {
      const secret = 'SECRET123SECRET123';
      const headers = {
        cookie: `jupyterhub-hub-login=${secret}; other=${secret}`,
        authorization: `token ${secret}`,
        referer: `${house.origin}/hub/setup?token=${secret}`,
        ...JSON_TYPE,
      };
      const path =
        { 400: '/hub/oauth_callback', 403: '/hub/api/users', 404: '/hub/nothing', 413: '/hub/api/users' }[
          status
        ] ?? '';
      const body =
        status === 413
          ? JSON.stringify({ usernames: [secret.repeat(500_000)] })
          : JSON.stringify({ password: secret });
      const answer = await house.send(
        status === 413 ? 'POST' : 'GET',
        `${path}?code=${secret}&token=${secret}`,
        headers,
        status === 413 ? body : undefined,
      );
      expect(answer.status).toBeGreaterThanOrEqual(400);
      expect(answer.text).not.toContain(secret);
      expect(house.lines.join('\n')).not.toContain(secret);
      const file = (await house.hub.audit.read({ what: null, who: '', limit: 100 })).map((entry) =>
        JSON.stringify(entry),
      );
      expect(file.join('\n')).not.toContain(secret);
    },
  );

  test('own: nothing that GitHub gave is in a page, the log or the audit log', async () => {
    const visitor = house.visitor();
    await house.signInBy(visitor, 'mona');
    const pages = await Promise.all(
      ['/hub/home', '/hub/sessions', '/hub/token'].map((path) => visitor.get(path)),
    );
    const entries = await house.hub.audit.read({ what: null, who: '', limit: 100 });
    const all = [
      ...pages.map(({ text }) => text),
      ...house.lines,
      ...entries.map((entry) => JSON.stringify(entry)),
    ].join('\n');
    expect(all).not.toMatch(/gho_/);
    expect(entries.some(({ what, by }) => what === 'signed-in' && by === 'mona')).toBe(true);
  });
});
