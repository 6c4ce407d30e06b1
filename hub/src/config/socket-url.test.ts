import { expect, test } from 'vitest';
import { placeOf, socketPathOf } from './socket-url.ts';
import { ADDRESS_SETTINGS } from './table/address-settings.ts';

const path = '/var/lib/berth/hub.sock';
const written = '%2Fvar%2Flib%2Fberth%2Fhub.sock';

test.each([`http+unix://${written}`, `unix+http://${written}/`, ` http+unix://${written.toLowerCase()}`])(
  'a socket is written as configurable-http-proxy and JupyterHub write it: %s',
  (url) => {
    expect(placeOf(url)).toEqual({ socketPath: path });
  },
);

test.each([
  'http://127.0.0.1:8080',
  'http+unix:///run/hub.sock',
  'http+unix://run',
  `http+unix://${written}/hub/`,
  'http+unix://%2Frun%2',
  'http+unix://%2Frun%00',
])('what is no socket is not taken for one: %s', (url) => {
  expect(socketPathOf(url)).toBe(null);
});

test('the hub listens for the proxy at an address or at a socket, and at nothing else', () => {
  const { type } = ADDRESS_SETTINGS.hubBind;
  expect(type.parse(`http+unix://${written}`)).toBe(`http+unix://${written}`);
  expect(type.parse('http://hub-control:8080')).toBe('http://hub-control:8080');
  for (const wrong of ['http+unix://hub.sock', 'ftp://hub', 8080]) {
    expect(type.safeParse(wrong).success, String(wrong)).toBe(false);
  }
});
