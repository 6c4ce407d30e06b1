import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, test } from 'vitest';
import { de } from './de.ts';
import { en, type Messages } from './en.ts';
import { ko } from './ko.ts';
import { LANGUAGES } from './languages.ts';

const SOURCES = join(import.meta.dirname, '../../../..');

/** The same in another language, and right so: names, symbols, words that German has from English. */
const SAME =
  /^(?:Berth|Name|Code|Image|Images|Server|Tokens|Text|Volumes?|CPU|GPUs?|Administrator|Limit|Link|Port|Status|Profil|Start|Stop|System|Version|Host|Hub|Proxy|Docker|HTTP|[\d\s.,:%–·…()°/+-]*(?:s|min|h|%|B|kB|KiB|MB|MiB|GB|GiB)?[\d\s.,:%–·…()/-]*(?:s|min|h|%)?|\(in 1\)|\{detail\})$/;

/** Sentences of functions with several values, so that singular, plural and "none" all speak. */
const ARGUMENTS: readonly (readonly unknown[])[] = [
  [0, 0, 0, 0],
  [1, 1, 1, 1],
  [5, 7, 9, 11],
  ['xyz', 'uvw', 'rst', 'opq'],
  ['xyz', 3, 2, 1],
];

function textsOf(value: unknown, path: string, into: Map<string, string>): Map<string, string> {
  if (typeof value === 'string') into.set(path, value);
  else if (isSentence(value)) {
    for (const [place, given] of ARGUMENTS.entries()) {
      const text = spoken(value, given);
      if (typeof text === 'string') into.set(`${path}(${place})`, text);
    }
  } else if (typeof value === 'object' && value !== null) {
    for (const [key, part] of Object.entries(value)) {
      // The problem's other half is the administrator's; phrases have a test of their own.
      if (!['said', 'status', 'admin'].includes(key) || path === '') {
        if (key !== 'said') textsOf(part, path === '' ? key : `${path}.${key}`, into);
      } else if (key === 'admin' && typeof part !== 'string') textsOf(part, `${path}.${key}`, into);
    }
  }
  return into;
}

function isSentence(value: unknown): value is (...given: readonly never[]) => unknown {
  return typeof value === 'function';
}

/** A sentence about a name cannot be made of a number, nor the other way round: then it is not that list's. */
function spoken(value: (...given: readonly never[]) => unknown, given: readonly unknown[]): unknown {
  try {
    const text = value(...(given as readonly never[]));
    return typeof text === 'string' && text.includes('NaN') ? undefined : text;
  } catch (error) {
    if (error instanceof TypeError || error instanceof RangeError) return undefined;
    throw error;
  }
}

const english = textsOf(en, '', new Map());
const OTHERS: readonly Messages[] = [ko, de];

describe.each(OTHERS.map((t) => [t.lang, t] as const))('%s', (lang, t) => {
  const own = textsOf(t, '', new Map());

  it('leaves nothing in English', () => {
    const same = [...english].filter(
      ([path, text]) => own.get(path) === text && !SAME.test(text.replace(/xyz|uvw|rst|opq/g, '1')),
    );
    // What a person typed in is the same everywhere.
    const left = same.filter(([, text]) => !/^(?:xyz|uvw|\s|·|:)*$/.test(text));
    expect(left).toEqual([]);
  });

  it('fills in what the English sentence fills in', () => {
    for (const [path, text] of english) {
      const names = text.match(/\{\w+\}/g) ?? [];
      for (const name of names) expect(own.get(path), path).toContain(name);
      // `{detail}` may be left out nowhere, nor anything be asked for that nobody gives.
      for (const name of own.get(path)?.match(/\{\w+\}/g) ?? []) expect(names, path).toContain(name);
    }
  });

  it('has no gap, no doubled space and no forgotten placeholder', () => {
    for (const [path, text] of own) {
      expect(text.trim(), path).not.toBe('');
      expect(text, path).not.toMatch(/ {2}|undefined|NaN|#|\[object/);
    }
  });

  it(`calls itself ${lang}, and fits what Intl knows`, () => {
    expect(Intl.DateTimeFormat.supportedLocalesOf(t.lang)).toEqual([t.lang]);
    expect(LANGUAGES).toContain(t);
  });
});

it('what a screen reader is told of a button contains the word that stands on it, in every language', () => {
  // Who speaks to the browser says what they see (WCAG 2.5.3).
  const wrong = LANGUAGES.flatMap((t) => {
    const texts = textsOf(t, '', new Map());
    return [...texts].flatMap(([path, told]) => {
      const seen = texts.get(path.replace(/Named(?:\(\d\))?$/, ''));
      return !/Named/.test(path) || seen === undefined || told.toLowerCase().includes(seen.toLowerCase())
        ? []
        : [`${t.lang} ${path}: ${seen} / ${told}`];
    });
  });
  expect(wrong).toEqual([]);
});

it('Korean sentences keep one level of politeness: -습니다, -십시오', () => {
  const texts = [...textsOf(ko, '', new Map()).values(), ...ko.said.map(([, own]) => own)];
  const wrong = texts.filter((text) => /(?:요|해|한다|이다|된다|하라)[.?!](?:\s|$)/.test(text));
  expect(wrong).toEqual([]);
  expect(texts.filter((text) => /(?:세요|해요|예요|네요)/.test(text))).toEqual([]);
});

it('German says "Sie", and writes quotation marks the German way', () => {
  const texts = [...textsOf(de, '', new Map()).values(), ...de.said.map(([, own]) => own)];
  expect(texts.filter((text) => /\b(?:du|dich|dir|dein|deine|deinen)\b/i.test(text))).toEqual([]);
  expect(texts.filter((text) => /["]/.test(text))).toEqual([]);
});

test('both languages say the same phrases, in the same order', () => {
  const phrases = (t: Messages) => t.said.map(([phrase]) => phrase);
  expect(phrases(ko)).toEqual(phrases(de));
  for (const t of OTHERS) {
    for (const [phrase, own] of t.said) {
      expect((own.match(/\{\w+\}/g) ?? []).toSorted(), phrase).toEqual(
        (phrase.match(/\{\w+\}/g) ?? []).toSorted(),
      );
    }
  }
});

/** What the code throws at a person word for word: `{detail}` of these problems is all that they read. */
const TOLD =
  /new Problem\(\s*'(?:HTTP-400|AUTH-010|SERVER-00\d|SPAWN-142|VOLUME-00[14]|ENV-003)',\s*\{\s*detail:\s*(?:'((?:[^'\\]|\\.)*)'|`((?:[^`\\]|\\.)*)`|"([^"]*)")/g;

test('every sentence that a refusal brings to a person has its translation', () => {
  const known = de.said.map(([phrase]) => phrase.replace(/\{\w+\}/g, '{}'));
  const missing = sourcesUnder(['usecases', 'http/pages', 'http/middleware', 'domain', 'http'])
    .flatMap((text) => [...text.matchAll(TOLD)])
    .map(
      ([, plain, filled, double]) =>
        plain ?? filled?.replace(/\$\{(?:[^{}]|\{[^}]*\})*\}/g, '{}') ?? double ?? '',
    )
    .filter((sentence) => sentence !== '{}' && !known.includes(sentence));
  expect([...new Set(missing)]).toEqual([]);
});

function sourcesUnder(folders: readonly string[]): readonly string[] {
  return folders.flatMap((folder) =>
    readdirSync(join(SOURCES, 'src', folder), { withFileTypes: true })
      .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name) && !entry.name.includes('.test.'))
      .map((entry) => readFileSync(join(SOURCES, 'src', folder, entry.name), 'utf8')),
  );
}
