import { z } from 'zod';
import { readSize } from '../domain/size.ts';

/**
 * One setting: this description gives its type, its default, its checks, its place in the reference, in the JSON
 * Schema and in the file that `berth config generate` writes. Every source (file, environment, command line) is
 * read through `type`, which takes a word of the environment and the native value of YAML alike.
 */
export interface Setting<T> {
  /** Name in `.env` and in the environment. */
  readonly env: string;
  /**
   * What others call it: `Class.trait` of JupyterHub, DockerSpawner, KubeSpawner or OAuthenticator (in `config.yaml`
   * under `hub.config`, on the command line as `--Class.trait`), or its place in a z2jh `config.yaml`
   * (`cull.timeout`). The first one is the name; those after it are other or older ones.
   */
  readonly trait?: string | readonly string[];
  readonly doc: string;
  readonly type: z.ZodType<T>;
  /** As it would be written in `.env`; undefined: the setting may be left out. */
  readonly fallback?: string;
  /** Its value is never shown. */
  readonly secret?: boolean;
  /** In force when the file is saved; all others take a new start of the hub. */
  readonly reload?: boolean;
  /** Berth's version that had it first; absent: the first one. */
  readonly since?: string;
}

/** Keeps the type of what a setting is read to. */
export function setting<T>(described: Setting<T>): Setting<T> {
  return described;
}

/** What a value may look like in YAML, in words of JSON Schema: for editors, never for the check itself. */
type Shape = Readonly<Record<string, unknown>>;

/**
 * A reader of one kind of value: `read` answers undefined for what it cannot read, and `complaint` is then told.
 * An absent value arrives as undefined, YAML's `null` as null.
 */
export function reader<T>(
  shape: Shape,
  complaint: string,
  read: (value: unknown) => T | undefined,
): z.ZodType<T> {
  return z
    .unknown()
    .meta(shape)
    .transform((value, context): T => {
      const found = read(value);
      if (found !== undefined) return found;
      context.addIssue({ code: 'custom', message: complaint });
      return z.NEVER;
    });
}

const TEXT: Shape = { type: ['string', 'number'] };

/** Whatever was given as one word, trimmed; undefined for lists, mappings and truth values. */
function wordOf(value: unknown): string | undefined {
  return typeof value === 'string' || typeof value === 'number' ? String(value).trim() : undefined;
}

function isNothing(value: unknown): boolean {
  return value === undefined || value === null || (typeof value === 'string' && value.trim() === '');
}

/** `2G`, `512M`, `1073741824`, as JupyterHub's ByteSpecification writes it; `none` or absent: no limit. */
export const bytes = reader(
  { type: ['string', 'number', 'null'], examples: ['512M', '2G'] },
  'should be a size such as 512M or 2G',
  (value): number | null | undefined => {
    if (isNothing(value) || (typeof value === 'string' && value.trim().toLowerCase() === 'none')) return null;
    return readSize(wordOf(value) ?? '');
  },
);

function numberWithin(value: unknown, least: number, most: number): number | undefined {
  const word = wordOf(value) ?? '';
  const found = word === '' ? Number.NaN : Number(word);
  return found >= least && found <= most ? found : undefined;
}

/** A number within bounds. */
export function number(least: number, most: number): z.ZodType<number> {
  return reader(
    { type: ['number', 'string'], minimum: least, maximum: most },
    `should be a number from ${least} to ${most}`,
    (value) => numberWithin(value, least, most),
  );
}

/** A number within bounds, or null when it is empty or absent. */
export function optionalNumber(least: number, most: number): z.ZodType<number | null> {
  return reader(
    { type: ['number', 'string', 'null'], minimum: least, maximum: most },
    `should be a number from ${least} to ${most}`,
    (value) => (isNothing(value) ? null : numberWithin(value, least, most)),
  );
}

/** `true`, `1`, `yes`, `on` and their opposites, in Python's spelling too. */
export const flag = reader(
  { type: ['boolean', 'string', 'number'] },
  'should be true or false',
  (value): boolean | undefined => {
    if (typeof value === 'boolean') return value;
    if (value === undefined) return false;
    const word = (wordOf(value) ?? 'neither').toLowerCase();
    if (['1', 'true', 'yes', 'on'].includes(word)) return true;
    return ['0', 'false', 'no', 'off', ''].includes(word) ? false : undefined;
  },
);

/** Text, or null when it is empty or absent. */
export const optionalText = reader({ type: ['string', 'number', 'null'] }, 'should be text', (value) =>
  isNothing(value) ? null : wordOf(value),
);

/** Text that must be there. */
export const text = reader(TEXT, 'should not be empty', (value) => wordOf(value) || undefined);

/** One of a few words, whatever their capitals. */
export function oneOf<const Word extends string>(...words: readonly Word[]): z.ZodType<Word> {
  return reader({ enum: words }, `should be one of ${words.join(', ')}`, (value) =>
    words.find((word) => word.toLowerCase() === wordOf(value)?.toLowerCase()),
  );
}

/** An absolute http or https address without name and password, or null. */
export const optionalUrl = reader(
  { type: ['string', 'null'], format: 'uri' },
  'should be an address such as https://hub.example',
  (value): string | null | undefined => {
    if (isNothing(value)) return null;
    const word = wordOf(value) ?? '';
    const url = URL.parse(word);
    return url !== null && /^https?:$/.test(url.protocol) && url.username === '' ? word : undefined;
  },
);

/**
 * Words: a list of YAML, words with blanks or commas between them, or a list or set as Python writes it
 * (`['alice', 'bob']`, the way it stands on a JupyterHub's command line).
 */
export const list = reader(
  { type: ['array', 'string'], items: { type: ['string', 'number'] } },
  'should be a list of words',
  (value): readonly string[] | undefined => {
    if (value === undefined || value === null) return [];
    const words = Array.isArray(value) ? value.map(wordOf) : wordOf(value)?.split(/[\s,]+/);
    if (words === undefined || words.some((word) => word === undefined)) return undefined;
    return words.flatMap((word) => barePythonWord(word ?? '')).filter((word) => word !== '');
  },
);

function barePythonWord(word: string): string {
  return word.replace(/^[[({]+|[\])}]+$/g, '').replace(/^(['"])(.*)\1$/, '$2');
}

/** Names with values: a mapping of YAML, JSON, or `a=b&c=d`. */
export const dictionary = reader(
  { type: ['object', 'string'], additionalProperties: { type: ['string', 'number', 'boolean'] } },
  'should be names with values, such as {"prompt": "login"} or prompt=login',
  (value): Readonly<Record<string, string>> | undefined => {
    if (isNothing(value)) return {};
    const given = typeof value === 'string' ? parsedPairs(value.trim()) : value;
    if (typeof given !== 'object' || given === null || Array.isArray(given)) return undefined;
    const pairs = Object.entries(given).map(([name, each]) => [
      name,
      typeof each === 'boolean' ? String(each) : wordOf(each),
    ]);
    return pairs.some(([, each]) => each === undefined) ? undefined : Object.fromEntries(pairs);
  },
);

function parsedPairs(text: string): unknown {
  if (!text.startsWith('{'))
    return text.includes('=') ? Object.fromEntries(new URLSearchParams(text)) : undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** A path with one slash at each end: `jhub`, `/jhub` and `/jhub/` are the same. */
export const basePath = reader(
  { type: 'string', examples: ['/', '/jhub/'] },
  'should be a path such as /jhub/',
  (value): string | undefined => {
    const inner = (wordOf(value ?? '') ?? '..').replace(/^\/+|\/+$/g, '');
    const steps = inner.split('/');
    if (!/^[A-Za-z0-9._~/-]*$/.test(inner) || steps.some((step) => step === '.' || step === '..')) {
      return undefined;
    }
    return inner === '' ? '/' : `/${inner}/`;
  },
);
