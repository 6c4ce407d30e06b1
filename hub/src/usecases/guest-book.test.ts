import { expect, test } from 'vitest';
import { GuestBook } from './guest-book.ts';

const nobody = () => false;

test('of two thousand guests of one server the oldest is forgotten, and no other server’s', () => {
  const book = new GuestBook();
  book.note('carol/', 'bob', 'there');
  for (let at = 0; at < 2000; at += 1) book.note('alice/', 'bob', `s${at}`);
  // Who comes again is not the oldest any more.
  book.note('alice/', 'bob', 's0');
  book.note('alice/', 'eve', 'new');
  const sessions = book.unwelcome('alice/', nobody).get('bob') ?? [];
  expect([sessions.length, sessions[0], sessions.at(-1)]).toEqual([1999, 's2', 's0']);
  expect(book.unwelcome('carol/', nobody).get('bob')).toEqual(['there']);
});

test('what was of a server that does not run any more is forgotten', () => {
  const book = new GuestBook();
  book.note('alice/', 'bob', 's1');
  book.note('carol/', 'bob', 's2');
  book.keepOnly(new Set(['carol/']));
  expect([...book.unwelcome('alice/', nobody)]).toEqual([]);
  expect([...book.unwelcome('carol/', nobody)]).toEqual([['bob', ['s2']]]);
});

test('who was shown out is so once, until they come by the hub again or are allowed again', () => {
  const book = new GuestBook();
  book.note('alice/', 'bob', 's1');
  book.shownOut('alice/', 'bob');
  expect([...book.unwelcome('alice/', nobody)]).toEqual([]);
  book.note('alice/', 'bob', 's2');
  expect([...book.unwelcome('alice/', nobody)]).toEqual([['bob', ['s2']]]);
  expect([...book.unwelcome('alice/', () => true)]).toEqual([]);
  expect([...book.unwelcome('alice/', nobody)]).toEqual([['bob', ['s1', 's2']]]);
});
