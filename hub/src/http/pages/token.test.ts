import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openPagesHouse, type PagesHouse } from '../../../../test/support/pages-house.ts';

let house: PagesHouse;

beforeEach(async () => {
  house = await openPagesHouse();
  for (const name of ['alice', 'bob']) await house.addUser(name);
});

afterEach(() => house.close());

const tokensOf = (name: string) => house.store.tokens.where('user', name);

describe('making a token', () => {
  it('shows it once, keeps only its hash, and it works', async () => {
    const reply = await house.post('/hub/token', 'alice', { note: ' grades ', expires: '3600' });
    expect(reply.status).toBe(200);
    expect(reply.headers['cache-control']).toBe('no-store');
    const word = /<code class="number">([0-9a-f]{32})</.exec(reply.text)?.[1] ?? '';
    const [token] = tokensOf('alice');
    expect([token?.note, token?.scopes, token?.hash]).toEqual([
      'grades',
      ['inherit'],
      house.hub.digest(word),
    ]);
    expect(JSON.parse((await house.call('GET', '/hub/api/user', { token: word })).text).name).toBe('alice');
    expect((await house.get('/hub/token', 'alice')).text).not.toContain(word);
  });

  it.each([
    { note: '', expires: '3600' },
    { note: 'x'.repeat(201), expires: '3600' },
    { note: 'grades', expires: '99999999999' },
    { note: 'grades', expires: '-1' },
    { note: 'grades', expires: 'toString' },
    { note: 'grades' },
  ])('%j is refused and makes none', async (form) => {
    const reply = await house.post('/hub/token', 'alice', form as Record<string, string>);
    expect(reply.status).toBe(400);
    expect(tokensOf('alice')).toEqual([]);
  });

  it('asks for sign-in and for the form’s word', async () => {
    expect((await house.get('/hub/token')).location).toBe('/hub/login?next=%2Fhub%2Ftoken');
    const form = { note: 'grades', expires: '3600', _xsrf: 'x' };
    expect((await house.post('/hub/token', 'alice', form)).status).toBe(403);
    expect(tokensOf('alice')).toEqual([]);
  });
});

describe('revoking', () => {
  it('ends it at once', async () => {
    const word = await house.token('alice');
    const id = tokensOf('alice')[0]?.id ?? '';
    const { text } = await house.get('/hub/token', 'alice');
    expect(text.indexOf('Scripts that use it stop working')).toBeLessThan(text.indexOf(`revoke/${id}`));
    expect((await house.post(`/hub/token/revoke/${id}`, 'alice')).location).toBe('/hub/token?revoked');
    expect((await house.call('GET', '/hub/api/user', { token: word })).status).toBe(403);
  });

  it('of somebody else’s is as if it were not there', async () => {
    await house.token('alice');
    const id = tokensOf('alice')[0]?.id ?? '';
    expect((await house.post(`/hub/token/revoke/${id}`, 'bob')).status).toBe(404);
    expect(tokensOf('alice')).toHaveLength(1);
  });

  it('does not cut a server off from the hub: its own token is not listed', async () => {
    await house.runServer('alice');
    const id = tokensOf('alice')[0]?.id ?? '';
    expect((await house.get('/hub/token', 'alice')).text).not.toContain(id);
    expect((await house.post(`/hub/token/revoke/${id}`, 'alice')).status).toBe(404);
    expect(tokensOf('alice')).toHaveLength(1);
  });
});
