import { describe, expect, test } from 'vitest';
import { Problem } from '../../domain/problem.ts';
import { translateError, translatePullError } from './translate-error.ts';

/** As the client library throws what the engine answers. */
function answer(statusCode: number, message: string): Error {
  const error = new Error(`(HTTP code ${statusCode}) unexpected - ${message} `);
  return Object.assign(error, { statusCode, reason: 'unexpected', json: { message } });
}

// Engine 20.10.24's own answers, taken down from it.
test.each([
  [404, 'No such image: nosuch:latest', 'SPAWN-101'],
  [
    409,
    'Conflict. The container name "/jupyter-alice" is already in use by container "0af5cd3b". You have to remove (or rename) that container to be able to reuse that name.',
    'SPAWN-141',
  ],
  [400, 'invalid mount config for type "bind": bind source path does not exist: /nosuch', 'SPAWN-131'],
  [500, "error while mounting volume '/data': failed to mount local volume: permission denied", 'SPAWN-131'],
  [500, 'write /var/lib/docker/overlay2/x/merged/f: no space left on device', 'SPAWN-110'],
  [
    400,
    'failed to create shim task: OCI runtime create failed: exec /usr/bin/tini: exec format error: unknown',
    'SPAWN-103',
  ],
  [400, 'Minimum memory limit allowed is 6MB', 'SPAWN-199'],
  [404, 'network nosuchnet not found', 'SPAWN-199'],
])('the engine answers %d %s: %3$s', (status, message, code) => {
  const problem = translateError(answer(status, message));
  expect(problem).toMatchObject({ code, facts: { detail: message } });
});

describe('of a download', () => {
  test.each([
    ['manifest for 127.0.0.1:5/x:1 not found: manifest unknown: manifest unknown', 'SPAWN-101'],
    [
      "pull access denied for nosuch, repository does not exist or may require 'docker login': denied",
      'SPAWN-101',
    ],
    ['Head "https://ghcr.io/v2/x/manifests/1": denied', 'SPAWN-102'],
    ['unauthorized: authentication required', 'SPAWN-102'],
    ['no matching manifest for linux/amd64 in the manifest list entries', 'SPAWN-103'],
    ['Get "https://nosuch.invalid/v2/": dial tcp: lookup nosuch.invalid: no such host', 'SPAWN-105'],
    ['Get "http://127.0.0.1:5/v2/": dial tcp 127.0.0.1:5: connect: connection refused', 'SPAWN-105'],
    ['Get "https://quay.io/v2/": x509: certificate signed by unknown authority', 'SPAWN-105'],
    ['failed to register layer: write /usr/bin/x: no space left on device', 'SPAWN-110'],
    ['unexpected thing', 'SPAWN-199'],
  ])('%s: %s', (line, code) => {
    expect(translatePullError(new Error(line), 'x:1')).toMatchObject({ code, facts: { image: 'x:1' } });
  });
});

test.each([
  ['ENOENT', 'its socket is not there'],
  ['ECONNREFUSED', 'nothing listens'],
  ['EACCES', 'no permission'],
])('%s means that the engine cannot be reached, and why', (code, words) => {
  const problem = translateError(Object.assign(new Error(`connect ${code}`), { code }));
  expect(problem.code).toBe('SPAWN-150');
  expect(problem.message).toContain(words);
});

test('a deadline means that the engine does not answer', () => {
  expect(translateError(new DOMException('late', 'TimeoutError')).code).toBe('SPAWN-150');
});

test('a problem stays the problem it is', () => {
  const problem = new Problem('SPAWN-160');
  expect(translateError(problem)).toBe(problem);
});

test('what is no error at all still becomes a problem with its words', () => {
  expect(translateError('odd')).toMatchObject({ code: 'SPAWN-199', facts: { detail: 'odd' } });
});
