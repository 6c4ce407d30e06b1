import { describe, expect, it } from 'vitest';
import { RoutingTable } from './routing-table.ts';

function table(...paths: string[]): RoutingTable<string> {
  const made = new RoutingTable<string>();
  for (const path of paths)
    made.set(
      path.split('/').filter((part) => part !== ''),
      path,
    );
  return made;
}

describe('RoutingTable', () => {
  it('finds the longest prefix of whole segments', () => {
    const routes = table('/', '/user/alice', '/user/alice/prod');
    expect(routes.match('/user/alice/prod/lab')?.value).toBe('/user/alice/prod');
    expect(routes.match('/user/alice/production')?.value).toBe('/user/alice');
    expect(routes.match('/user/alice2')?.value).toBe('/');
    expect(routes.match('/user/alice/')?.value).toBe('/user/alice');
    expect(routes.match('/user')?.value).toBe('/');
  });

  it('compares decoded segments and tells how many it used', () => {
    expect(table('/user/a@b').match('/user/a%40b/x')).toEqual({ value: '/user/a@b', depth: 2 });
  });

  it('has nothing where nothing was put', () => {
    expect(table('/user/alice').match('/hub')).toBeUndefined();
    expect(table().match('/')).toBeUndefined();
  });

  it.each(['/constructor', '/toString/x', '/__proto__/x', '/user/constructor', '/user/hasOwnProperty'])(
    'treats %s as a name like any other',
    (path) => {
      const routes = table('/user/alice');
      expect(routes.match(path)).toBeUndefined();
      const segments = path.split('/').slice(1);
      routes.set(segments, path);
      expect(routes.match(`${path}/y`)?.value).toBe(path);
      expect(routes.delete(segments)).toBe(path);
      expect(routes.match(path)).toBeUndefined();
    },
  );

  it('is case-sensitive', () => expect(table('/user/Alice').match('/user/alice')).toBeUndefined());

  it('refuses an encoded separator only where the server is chosen', () => {
    const routes = table('/', '/user/alice');
    expect(() => routes.match('/user/alice%2F..%2Fbob')).toThrow(expect.objectContaining({ status: 400 }));
    expect(routes.match('/user/alice/files/a%2Fb')?.value).toBe('/user/alice');
  });

  it('forgets a removed path and its empty branches, and nothing else', () => {
    const routes = table('/user/alice', '/user/alice/prod');
    expect(routes.delete(['user', 'alice'])).toBe('/user/alice');
    expect(routes.match('/user/alice/x')).toBeUndefined();
    expect(routes.match('/user/alice/prod/x')?.value).toBe('/user/alice/prod');
    expect(routes.delete(['user', 'alice'])).toBeUndefined();
    expect(routes.delete(['nobody'])).toBeUndefined();
    expect(routes.size).toBe(1);
    expect([...routes.values()]).toEqual(['/user/alice/prod']);
  });

  it('routes by host when one is given', () => {
    const routes = new RoutingTable<string>();
    routes.set(['hub.example'], 'host');
    routes.set(['hub.example', 'user', 'alice'], 'alice');
    routes.set([], 'default');
    expect(routes.match('/user/alice/x', 'hub.example')).toEqual({ value: 'alice', depth: 2 });
    expect(routes.match('/x', 'hub.example')?.value).toBe('host');
    expect(routes.match('/x', 'other.example')?.value).toBe('default');
  });

  it('keeps add, delete and look-up flat at 10,000 routes', () => {
    const routes = new RoutingTable<number>();
    for (let i = 0; i < 10_000; i += 1) routes.set(['user', `u${i}`], i);
    const start = performance.now();
    for (let i = 0; i < 10_000; i += 1) routes.match(`/user/u${i}/api/kernels`);
    for (let i = 0; i < 10_000; i += 1) routes.delete(['user', `u${i}`]);
    expect((performance.now() - start) / 20_000).toBeLessThan(1);
    expect(routes.size).toBe(0);
  });
});
