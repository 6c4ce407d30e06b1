import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { OPTIONS, type OptionDescription } from '../src/options/options.ts';

const root = join(import.meta.dirname, '..');
const notes = readFileSync(join(root, '../docs/reference/proxy.md'), 'utf8');

describe('docs/reference/proxy.md', () => {
  it('names only tests that exist', () => {
    const named = [...notes.matchAll(/— \*([^*]+)\* \(([a-z-]+)\)/g)];
    expect(named.length).toBeGreaterThan(50);
    for (const [, name = '', file = ''] of named) {
      const texts = globSync(`{test,src/**}/${file}.test.ts`, { cwd: root })
        .map((path) => readFileSync(join(root, path), 'utf8'))
        .filter((text) => text.includes(name));
      expect(texts, `${file}: ${name}`).toHaveLength(1);
    }
  });

  it('has the table of options that the program has', () => {
    const rows = Object.entries<OptionDescription>(OPTIONS).map(
      ([name, { default: preset = '', doc, refused, ours }]) => {
        const meaning = refused === undefined ? doc : `Not supported. ${refused}`;
        return `| \`--${name}\` | ${preset === '' ? '' : `\`${preset}\``} | ${meaning}${ours === true ? ' *(ours)*' : ''} |`;
      },
    );
    expect(notes.trimEnd().endsWith(rows.join('\n'))).toBe(true);
  });
});
