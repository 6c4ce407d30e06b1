import { describe, expect, it, test } from 'vitest';
import { type Announcement, announcementsAt } from './announcement.ts';
import { plainText, withLinks } from './plain-text.ts';

const made: Announcement = {
  id: 'a',
  text: 'made',
  level: 'warning',
  place: null,
  created: 1,
  by: 'mary',
  ends: null,
};

describe('what stands on a page', () => {
  const configured = { everywhere: 'general', at: { login: 'special' } };
  const texts = (...given: Parameters<typeof announcementsAt>) =>
    announcementsAt(...given).map(({ text }) => text);

  it('a page’s own text takes the place of the general one', () => {
    expect(texts('login', configured, [], 0)).toEqual(['special']);
    expect(texts('home', configured, [], 0)).toEqual(['general']);
    expect(texts(null, { everywhere: null, at: {} }, [], 0)).toEqual([]);
  });

  it('those of administrators stand beside it, the latest first, where and as long as they are for', () => {
    const list = [
      made,
      { ...made, text: 'later', created: 2 },
      { ...made, text: 'over', ends: 5 },
      { ...made, text: 'elsewhere', place: 'spawn' as const },
    ];
    expect(texts('login', configured, list, 5)).toEqual(['later', 'made', 'special']);
    expect(texts('login', configured, list, 4)).toContain('over');
  });
});

test.each([
  ['Welcome', 'Welcome'],
  ['<b>Bold</b> and <i class="x">slanted', 'Bold and slanted'],
  ['See <a href="https://a.example/x">here</a>.', 'See here (https://a.example/x).'],
  ["See <A class='b' HREF='https://a.example'>https://a.example</A>", 'See https://a.example'],
  ['One<br>two<br/>three', 'One\ntwo\nthree'],
  ['5 &lt; 6 &amp; 7 &gt; 6 &unknown;', '5 < 6 & 7 > 6 &unknown;'],
  ['3 < 4 and 5 > 4', '3 < 4 and 5 > 4'],
  ['<script>x</script>', 'x'],
])('%j reads %j', (html, text) => expect(plainText(html)).toBe(text));

test('of a text only web addresses become links, without the sentence’s own signs', () => {
  const links = (text: string) =>
    withLinks(text)
      .filter(({ href }) => href !== null)
      .map(({ href }) => href);
  expect(links('Read https://a.example/b(c)?d=e, (https://f.example), or http://g.example.')).toEqual([
    'https://a.example/b(c)?d=e',
    'https://f.example',
    'http://g.example',
  ]);
  expect(links('javascript:alert(1) ftp://x.example //y.example https:// mailto:a@b.example')).toEqual([]);
  const text = 'All of https://a.example it';
  expect(
    withLinks(text)
      .map((piece) => piece.text)
      .join(''),
  ).toBe(text);
});
