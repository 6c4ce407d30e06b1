import { expect, test } from 'vitest';
import { readRefusal, readWaiting } from './cluster-words.ts';

test.each([
  ['no suitable node (insufficient resources on 2 nodes)', 'room'],
  ['no suitable node (2 nodes not available for new tasks)', 'room'],
  [
    'no suitable node (scheduling constraints not satisfied on 1 node; insufficient resources on 1 node)',
    'room',
  ],
  [
    'no suitable node (1 node not available for new tasks; scheduling constraints not satisfied on 1 node)',
    'room',
  ],
  ['no suitable node (host-mode port already in use on 1 node)', 'room'],
  ['no suitable node', 'room'],
  ['no suitable node (scheduling constraints not satisfied on 2 nodes)', 'misfit'],
  ['no suitable node (unsupported platform on 3 nodes)', 'misfit'],
  ['no suitable node (missing plugin on 2 nodes)', 'misfit'],
  ['preparing', 'image'],
  ['starting', 'image'],
  ['pending task scheduling', 'moment'],
  ['the Swarm takes note of it', 'moment'],
])('what may come of “%s”: %s', (words, kind) => {
  expect(readWaiting(words)).toBe(kind);
});

test.each([
  ['No such image: lab:1', 'SPAWN-101'],
  ['pull access denied for lab, repository does not exist or may require docker login', 'SPAWN-101'],
  ['unauthorized: authentication required', 'SPAWN-102'],
  ['no matching manifest for linux/arm64 in the manifest list entries', 'SPAWN-103'],
  ['write /var/lib/docker/tmp/x: no space left on device', 'SPAWN-110'],
  ['could not select device driver "nvidia" with capabilities: [[gpu]]', 'SPAWN-130'],
  ['invalid mount config for type "bind": bind source path does not exist: /data', 'SPAWN-131'],
  ['create v: error looking up volume plugin nfs: plugin "nfs" not found', 'SPAWN-131'],
  ['something that nobody has seen before', 'SPAWN-199'],
])('why a machine gave it up, “%s”, is %s, with its words', (words, code) => {
  const problem = readRefusal(words, 'lab:1');
  expect(problem.code).toBe(code);
  expect(problem.facts).toEqual({ image: 'lab:1', detail: words });
});
