import { expect, test } from 'vitest';
import { de } from './messages/de.ts';
import { en } from './messages/en.ts';
import { ko } from './messages/ko.ts';
import { say, sayProblem, sayScope } from './say.ts';

test('what the hub says away from its pages is said in the reader’s language, parts of it too', () => {
  expect(say(de, 'idle for 60 minutes')).toBe('untätig seit 60 Minuten');
  expect(say(ko, 'idle for 60 minutes')).toBe('60분 동안 사용하지 않음');
  expect(say(de, 'Downloading lab:1: 1.2 GB of 1.9 GB')).toBe('Lade lab:1: 1.2 GB von 1.9 GB');
  expect(say(ko, 'Waiting for room on the machine. You are 3rd in line')).toBe(
    '컴퓨터에 자리가 나기를 기다리는 중. 대기 순서: 3rd',
  );
});

test('what no phrase knows, and everything in English, stays as it was said', () => {
  expect(say(de, 'xfs_quota: no such project')).toBe('xfs_quota: no such project');
  expect(say(en, 'idle for 60 minutes')).toBe('idle for 60 minutes');
});

test('signs of regular expressions and of templates in what is filled in are only signs', () => {
  expect(say(de, 'stopped by {who} $& (.*)')).toBe('gestoppt von {who} $& (.*)');
});

test('a problem is filled with its facts, and a missing one is told in the reader’s language', () => {
  expect(sayProblem(de, 'SPAWN-121', { limit: '2 GiB' }).user).toContain('Grenze von 2 GiB');
  expect(sayProblem(ko, 'SPAWN-101', {}).user).toContain('알 수 없음');
  expect(sayProblem(de, 'AUTH-010', { detail: 'The password is too long.' }).user).toBe(
    'Das Passwort ist zu lang.',
  );
});

test('a scope is said without its filter, and one of a service’s own by its name', () => {
  expect(sayScope(de, 'servers!user=ana')).toBe(de.scopes.servers);
  expect(sayScope(ko, 'custom:grades:read!group=a')).toBe('custom:grades:read');
});
