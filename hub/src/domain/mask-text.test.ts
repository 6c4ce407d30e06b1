import { expect, test } from 'vitest';
import { MASK, maskText } from './mask-text.ts';

test.each([
  ['Authorization: token 5ecret'],
  ['"authorization":"Bearer 5ecret"'],
  ['JUPYTERHUB_API_TOKEN=5ecret'],
  ['{"password":"5ecret"}'],
  ['GET /hub/oauth_callback?code=5ecret&state=5ecret HTTP/1.1'],
  ['http://host/hub/setup?token=5ecret'],
  ['client_secret: 5ecret'],
  ['postgres://hub:5ecret@db/hub'],
  ['Cookie: jupyterhub-session-id=5ecret; other=1'],
])('%s loses its value', (text) => {
  const masked = maskText(text, []);
  expect(masked).not.toContain('5ecret');
  expect(masked).toContain(MASK);
});

test.each([
  'a token of hex stands here: 0123456789abcdef0123456789abcdef.',
  'a word of ours: aB3dEf6hIj9lMnOpQrStUvWx',
  'eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln',
])('random words are hidden wherever they stand: %s', (text) => {
  expect(maskText(text, [])).toContain(MASK);
});

test.each([
  'sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef',
  '{"level":30,"msg":"the hub is open","pages":"http://hub-control:8080"}',
  'jupyter-ana  Up 3 hours (healthy)',
  '{"code": "HOST-01", "level": "ok"} {"state": "ready"}',
  '/opt/berth/dist/hub/src/adapters/docker/containers.js:42',
])('what is no secret stays: %s', (text) => {
  expect(maskText(text, [])).toBe(text);
});

test('words that are known to be secret go in every form, the longest first', () => {
  const text = 'plain "harbour \\"night" and harbour%20%22night, harbour alone';
  expect(maskText(text, ['harbour', 'harbour "night'])).toBe(`plain "${MASK}" and ${MASK}, ${MASK} alone`);
});
