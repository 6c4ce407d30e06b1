// A manual is one piece: every link leads somewhere, every page is found from the map, every picture is made and shown.
import { existsSync, globSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { expect, test } from 'vitest';
import { PLOTS, pictureName, TUTORIAL_PICTURES, VIEW_PICTURES } from '../look/picture-list.ts';
import { PAGES, ROOT } from './pages.ts';

const MAP = 'docs/README.md';
const texts = new Map(PAGES.map((page) => [page, readFileSync(join(ROOT, page), 'utf8')]));

interface Link {
  readonly at: string;
  /** A path of the project, and what stands behind `#`. */
  readonly path: string;
  readonly anchor: string;
  readonly picture: boolean;
}

/** Links into the project; code is no link, and addresses of elsewhere are not asked. */
function linksOf(page: string): readonly Link[] {
  const prose = (texts.get(page) ?? '')
    .replaceAll(/^ *```[\s\S]*?^ *```$/gm, '')
    .replaceAll(/`[^`\n]*`/g, '');
  return [...prose.matchAll(/(!?)\[[^\]]*\]\(([^)\s]+)\)/g)].flatMap(([, mark, target = '']) => {
    if (/^[a-z]+:/.test(target)) return [];
    const [path = '', anchor = ''] = target.split('#');
    const whole = path === '' ? page : normalize(join(dirname(page), path));
    return [{ at: `${page}: ${target}`, path: whole.replace(/\/$/, ''), anchor, picture: mark === '!' }];
  });
}

/** As GitHub makes anchors of headings. */
function anchorsOf(text: string): readonly string[] {
  return [...text.matchAll(/^#+ (.+)$/gm)].map(([, title = '']) =>
    title
      .toLowerCase()
      .replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1')
      .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
      .replaceAll(' ', '-'),
  );
}

const links = PAGES.flatMap(linksOf);

test('every link of the manual leads to a file that is there, and to a heading that is in it', () => {
  const dead = links.filter(({ path, anchor }) => {
    if (!existsSync(join(ROOT, path))) return true;
    return anchor !== '' && !anchorsOf(readFileSync(join(ROOT, path), 'utf8')).includes(anchor);
  });
  expect(links.length).toBeGreaterThan(100);
  expect(dead.map(({ at }) => at)).toEqual([]);
});

test('every page is found from the map of the manual', () => {
  const found = new Set([MAP]);
  for (const page of found) {
    for (const { path } of linksOf(page)) {
      if (texts.has(path)) found.add(path);
      // A link to a folder shows what is in it.
      else if (existsSync(join(ROOT, path)) && statSync(join(ROOT, path)).isDirectory())
        for (const inside of PAGES) if (dirname(inside) === path) found.add(inside);
    }
  }
  expect(PAGES.filter((page) => !found.has(page))).toEqual([]);
});

test('the map itself names every tutorial, how-to and explanation', () => {
  const named = new Set(linksOf(MAP).map(({ path }) => path));
  const rooms = /^docs\/(tutorial|how-to|explanation|reference)\//;
  expect(PAGES.filter((page) => rooms.test(page) && !named.has(page))).toEqual([]);
});

test('every picture is made by a command, and a page shows it', () => {
  const there = globSync('docs/pictures/**/*.*', { cwd: ROOT }).sort();
  const made = [
    ...VIEW_PICTURES.map(pictureName),
    ...TUTORIAL_PICTURES.map((name) => `tutorial/${name}.png`),
    ...Object.values(PLOTS).flat(),
  ];
  expect(there).toEqual(made.map((name) => `docs/pictures/${name}`).sort());
  const shown = new Set(links.filter(({ picture }) => picture).map(({ path }) => path));
  expect(there.filter((path) => !shown.has(path))).toEqual([]);
});

test.each(Object.entries(PLOTS))('%s draws what is said to be its', (path, names) => {
  const text = readFileSync(join(ROOT, path), 'utf8');
  expect(names.filter((name) => !text.includes(name))).toEqual([]);
});
