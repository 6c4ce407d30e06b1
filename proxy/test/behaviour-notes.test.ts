import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { OPTIONS, type OptionDescription } from '../src/options.ts';

const notes = readFileSync(join(import.meta.dirname, '../../docs/reference/proxy.md'), 'utf8');

describe('docs/reference/proxy.md', () => {
  it('names only tests that exist', () => {
    const named = [...notes.matchAll(/— \*([^*]+)\* \(([a-z-]+)\)/g)];
    expect(named.length).toBeGreaterThan(50);
    for (const [, name = '', file = ''] of named) {
      const path = [`${file}.test.ts`, `../src/${file}.test.ts`]
        .map((one) => join(import.meta.dirname, one))
        .find(existsSync);
      expect(path, `a file of tests called ${file}`).toBeDefined();
      expect(readFileSync(path ?? '', 'utf8'), `${file}: ${name}`).toContain(name);
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
