import { describe, expect, it } from 'vitest';
import { newServer, type Server } from '../../domain/server.ts';
import { en } from '../views/messages/en.ts';
import { failureOf, labelOf, linksOf } from './present-server.ts';

describe('addresses of a server', () => {
  it('escape what a name may hold', () => {
    expect(linksOf('/jhub/', { user: 'a@b.example', name: 'my lab~2' })).toEqual({
      open: '/jhub/user/a@b.example/my%20lab~2/',
      start: '/jhub/hub/spawn/a@b.example/my%20lab~2',
      stop: '/jhub/hub/stop/a@b.example/my%20lab~2',
      keep: '/jhub/hub/keep/a@b.example/my%20lab~2',
      port: '/jhub/hub/port/a@b.example/my%20lab~2',
      progress: '/jhub/hub/spawn-pending/a@b.example/my%20lab~2',
      stream: '/jhub/hub/progress/a@b.example/my%20lab~2',
    });
  });
});

describe('what a server is called', () => {
  it.each([
    ['alice', '', 'alice', 'Your server'],
    ['alice', 'gpu', 'alice', 'Your server gpu'],
    ['alice', '', 'mary', 'alice’s server'],
    ['alice', 'gpu', 'mary', 'alice’s server gpu'],
  ])('%s/%s to %s: %s', (user, name, viewer, label) => {
    expect(labelOf(en, { user, name }, viewer)).toBe(label);
  });
});

describe('a failure in words', () => {
  const failure = {
    at: 1,
    code: 'SPAWN-121',
    facts: { limit: '2 GiB' },
    detail: 'the engine’s words',
    exitCode: 137,
    outOfMemory: true,
    log: ['last line'],
  };
  const failed: Server = { ...newServer('alice'), state: 'failed', failure };

  it('is filled from its facts', () => {
    expect(failureOf(en, failed, false)?.user).toContain('its limit of 2 GiB');
  });

  it('keeps the engine’s words for administrators', () => {
    expect(JSON.stringify(failureOf(en, failed, false))).not.toContain('the engine’s words');
    expect(failureOf(en, failed, true)?.admin?.detail).toBe('the engine’s words');
  });

  it('says nothing twice', () => {
    const detail = 'SPAWN-121 The kernel ended the container for memory. Raise MEM_LIMIT.';
    expect(failureOf(en, { ...failed, failure: { ...failure, detail } }, true)?.admin?.detail).toBe('');
  });

  it('of a code from another version still has words', () => {
    const odd = { ...failed, failure: { ...failure, code: 'SPAWN-999' } };
    expect(failureOf(en, odd, false)?.title).toBe('The start failed');
  });

  it('is nothing when there was none', () => {
    expect(failureOf(en, newServer('alice'), true)).toBeNull();
  });
});
