import { stringify } from 'yaml';
import { z } from 'zod';
import type { Setting } from './setting.ts';
import { isTrait, namesOf, ownPath } from './setting-names.ts';
import { SETTINGS } from './settings.ts';

const TABLE: Readonly<Record<string, Setting<unknown>>> = SETTINGS;

/** Where a setting stands in `config.yaml`: `cull.timeout`, `hub.config.Spawner.mem_limit`, `berth.pullTimeout`. */
export function yamlPaths(name: string, described: Setting<unknown>): readonly string[] {
  const names = namesOf(described);
  return (names.length === 0 ? [ownPath(name)] : names).map((each) =>
    isTrait(each) ? `hub.config.${each}` : each,
  );
}

type Schema = { [keyword: string]: unknown; properties?: Record<string, Schema> };

/** JSON Schema of `config.yaml`, for editors. The hub checks more than it can say. */
export function configSchema(): Schema {
  const root: Schema = { type: 'object', properties: {} };
  for (const [name, described] of Object.entries(TABLE)) {
    const [main = '', ...aliases] = yamlPaths(name, described);
    put(root, main, leafOf(described));
    for (const alias of aliases)
      put(root, alias, { ...leafOf(described), description: `${main}: ${described.doc}` });
  }
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'config.yaml of Berth',
    description: 'Made by `npm run docs` from the table of settings.',
    ...root,
  };
}

function leafOf({ type, doc, fallback, secret }: Setting<unknown>): Schema {
  const shape = JSON.parse(JSON.stringify(z.toJSONSchema(type, { io: 'input', unrepresentable: 'any' })));
  delete shape.$schema;
  return {
    ...shape,
    description: doc,
    ...(fallback === undefined ? {} : { default: fallback }),
    ...(secret === true ? { writeOnly: true } : {}),
  };
}

function put(root: Schema, path: string, leaf: Schema): void {
  const steps = path.split('.');
  const last = steps.pop() ?? '';
  let at = root;
  for (const step of steps) {
    at.properties ??= {};
    at.properties[step] ??= { type: ['object', 'null'], properties: {} };
    at = at.properties[step];
  }
  at.properties ??= {};
  at.properties[last] = { ...leaf, ...(at.properties[last] ?? {}) };
}

/** The file that `berth config generate` writes: every setting, explained, with its default, as a comment. */
export function commentedFile(): string {
  const lines = [
    '# Settings of Berth, as config.yaml. Every line is a comment: take the # away from what you change, and from the',
    '# headings above it. The environment (.env) wins over this file, the command line over both.',
    '# Check it: berth config check',
  ];
  let before: readonly string[] = [];
  for (const [name, described] of sortedByPath()) {
    const steps = (yamlPaths(name, described)[0] ?? '').split('.');
    const same = steps.findIndex((step, depth) => step !== before[depth]);
    for (const [depth, step] of steps.slice(0, -1).entries()) {
      if (depth >= same) lines.push(...(depth === 0 ? [''] : []), `# ${'  '.repeat(depth)}${step}:`);
    }
    const indent = '  '.repeat(steps.length - 1);
    lines.push(`# ${indent}# ${described.doc} (.env: ${described.env})`);
    lines.push(`# ${indent}${steps.at(-1)}: ${yamlWord(described)}`.trimEnd());
    before = steps;
  }
  return `${lines.join('\n')}\n`;
}

function sortedByPath(): readonly [string, Setting<unknown>][] {
  const path = ([name, described]: [string, Setting<unknown>]) => yamlPaths(name, described)[0] ?? '';
  return Object.entries(TABLE).sort((one, other) => (path(one) < path(other) ? -1 : 1));
}

function yamlWord({ fallback, secret }: Setting<unknown>): string {
  if (secret === true || fallback === undefined) return 'null';
  return /^(\d+(\.\d+)?|true|false)$/.test(fallback) ? fallback : stringify(fallback).trim();
}

/** A setting as scripts read it. */
export interface SettingRow {
  readonly env: string;
  /** Places in `config.yaml`; the first is the name. */
  readonly paths: readonly string[];
  readonly doc: string;
  readonly fallback: string | null;
  readonly secret: boolean;
  /** Whether a change takes a new start of the hub. */
  readonly restart: boolean;
}

/** One setting, or all whose name has the word in it. */
export function settingRows(word: string | undefined): readonly SettingRow[] {
  return sortedByPath()
    .filter(([name, described]) => {
      const all = [name, described.env, ...yamlPaths(name, described)].join(' ').toLowerCase();
      return word === undefined || all.includes(word.toLowerCase());
    })
    .map(([name, described]) => ({
      env: described.env,
      paths: yamlPaths(name, described),
      doc: described.doc,
      fallback: described.fallback ?? null,
      secret: described.secret === true,
      restart: described.reload !== true,
    }));
}

/** The same in words; null when there is none. */
export function describeSettings(word: string | undefined): string | null {
  const found = settingRows(word);
  if (found.length === 0) return null;
  return found
    .map(({ env, paths, doc, fallback, secret, restart }) =>
      [
        `${paths.join(', ')}   (.env: ${env})`,
        `    ${doc}`,
        `    ${secret ? 'Secret. ' : ''}Default: ${fallback ?? 'none'}. ${restart ? 'In force after a restart of the hub.' : 'In force when saved.'}`,
      ].join('\n'),
    )
    .join('\n\n');
}
