import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { gzipSync } from 'node:zlib';

/** A file that pages ask for, ready to be sent. */
export interface Asset {
  /** `berth.css`. */
  readonly name: string;
  /** Of the content; stands in the address, so that an address never changes its content. */
  readonly hash: string;
  readonly type: string;
  readonly body: Buffer;
  readonly gzip: Buffer;
}

const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml; charset=utf-8',
};

// The first names the order of the layers, so it must come first.
const SHEETS = [
  'tokens',
  'base',
  'layout',
  'parts',
  'notices',
  'progress',
  'pages',
  'accounts',
  'spawn',
  'usage',
  'words',
  'storage',
];

/**
 * Reads all assets, once, at the start: style sheets as one, scripts and pictures each for itself.
 *
 * @throws Error of the file system when one is missing: a hub without its pages must not come up.
 */
export function readAssets(folder = join(import.meta.dirname, '../assets')): readonly Asset[] {
  const css = SHEETS.map((name) => readFileSync(join(folder, 'css', `${name}.css`), 'utf8')).join('\n');
  const files = ['js', 'img'].flatMap((room) =>
    readdirSync(join(folder, room))
      .filter((name) => Object.hasOwn(TYPES, extname(name)))
      .map((name) => makeAsset(name, readFileSync(join(folder, room, name)))),
  );
  return [makeAsset('berth.css', Buffer.from(css)), ...files];
}

/** Plain name → address under `<base>hub/static/`. */
export function assetUrls(assets: readonly Asset[], baseUrl: string): Readonly<Record<string, string>> {
  return Object.fromEntries(
    assets.map(({ name, hash }) => [name, `${baseUrl}hub/static/${hashedName(name, hash)}`]),
  );
}

/** `berth.css` → `berth.1f3a….css`. */
export function hashedName(name: string, hash: string): string {
  const end = extname(name);
  return `${name.slice(0, -end.length)}.${hash}${end}`;
}

function makeAsset(name: string, body: Buffer): Asset {
  const hash = createHash('sha256').update(body).digest('hex').slice(0, 12);
  return { name, hash, type: TYPES[extname(name)] ?? '', body, gzip: gzipSync(body, { level: 9 }) };
}
