import { expect, test } from 'vitest';
import { readPortPath } from './port-path.ts';

const read = (url: string, prefix = '/jhub/user/ann@uni.edu/') => readPortPath(url, prefix, 50_000);

test('a program behind a port sees its own paths only', () => {
  expect(read('/jhub/user/ann@uni.edu/proxy/5000/a%2Fb?x=1')).toEqual({
    port: 5000,
    context: '/jhub/user/ann@uni.edu/proxy/5000',
    url: '/a%2Fb?x=1',
    absolute: false,
  });
});

test('a program that knows where it stands sees the whole path', () => {
  expect(read('/jhub/user/ann@uni.edu/proxy/absolute/5000/a?x')).toEqual({
    port: 5000,
    context: '/jhub/user/ann@uni.edu/proxy/absolute/5000',
    url: '/jhub/user/ann@uni.edu/proxy/absolute/5000/a?x',
    absolute: true,
  });
});

test('names are compared as they are meant, not as they are escaped', () => {
  const path = read('/jhub/user/ann%40uni.edu/proxy/5000');
  expect(path).toMatchObject({ context: '/jhub/user/ann%40uni.edu/proxy/5000', url: '/' });
  expect(read('/jhub/user/ann%40uni.edu/proxy/5000?q').url).toBe('/?q');
});

test.each([
  '/jhub/user/bob/proxy/5000/',
  '/jhub/user/ann@uni.edu/lab',
  '/jhub/user/ann@uni.edu/other/proxy/5000/',
  '/user/ann@uni.edu/proxy/5000/',
])('what is no port of this server is not found: %s', (url) => {
  expect(() => read(url)).toThrow(expect.objectContaining({ status: 404 }));
});

test.each(['', '0', '65536', '99999999', '-1', '5000x', 'example.com:80', '0x50', '%35000', 'absolute'])(
  'what is no number of a port is refused: %j',
  (port) => {
    expect(() => read(`/jhub/user/ann@uni.edu/proxy/${port}/`)).toThrow(
      expect.objectContaining({ status: 400 }),
    );
  },
);

test('the forwarder does not forward to itself', () => {
  expect(() => read('/jhub/user/ann@uni.edu/proxy/50000/')).toThrow('the hub itself listens');
  expect(() => read('/jhub/user/ann@uni.edu/proxy/050000/')).toThrow();
});

test('a path that two programs could read differently is refused', () => {
  expect(() => read('/jhub/user/ann@uni.edu/proxy/5000/../../lab')).toThrow(
    expect.objectContaining({ status: 400 }),
  );
});
