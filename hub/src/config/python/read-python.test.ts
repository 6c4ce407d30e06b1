import { describe, expect, test } from 'vitest';
import { readPython } from './read-python.ts';

/** Trait → value, and what was left out as `line what why`. */
function read(text: string) {
  const { assigned, leftOut } = readPython(text);
  return {
    traits: Object.fromEntries(assigned.map(({ trait, found }) => [trait, found.value])),
    mentions: assigned.flatMap(({ found }) => found.mentions),
    left: leftOut.map(({ line, what, why }) => `${line} ${what} ${why}`),
  };
}

/** What one expression comes to, or why it does not. */
function outcomeOf(expression: string): unknown {
  const { traits, left } = read(`c.A.b = ${expression}\n`);
  return 'A.b' in traits ? traits['A.b'] : left[0]?.replace('1 c.A.b ', '');
}

describe('a literal comes to what Python makes of it', () => {
  test.each<[string, unknown]>(
    [
      [`'a'`, 'a'],
      [`"it's"`, "it's"],
      [`'''a\nb'''`, 'a\nb'],
      [`"""a "quoted" b"""`, 'a "quoted" b'],
      [`r'\\d+\\.x'`, '\\d+\\.x'],
      [`R"\\n"`, '\\n'],
      [`u'ü'`, 'ü'],
      [`b'abc'`, 'abc'],
      [`rb'\\x'`, '\\x'],
      [`'\\x41\\u00e9\\101\\t\\''`, 'Aé' + "A\t'"],
      [`'a\\\nb'`, 'ab'],
      [`'\\q'`, '\\q'],
      [`''`, ''],
      [`'a' "b"\\\n  'c'`, 'abc'],
      [`('a'\n  # why\n  'b')`, 'ab'],
      ['1_000', 1000],
      ['0x1F', 31],
      ['0o17', 15],
      ['1.5e3', 1500],
      ['.5', 0.5],
      ['-3', -3],
      ['24 * 3600', 86400],
      ['2 ** 30', 2 ** 30],
      ['True', true],
      ['not True', false],
      ['None', null],
      [`['a', 1, None,]`, ['a', 1, null]],
      [`('a',)`, ['a']],
      [`{'a', 'b'}`, ['a', 'b']],
      ['set()', []],
      [`set(['a'])`, ['a']],
      [`{'a': {'b': [1, {'c': ()}]}}`, undefined],
      [`{'a': {'b': [1, {'c': ('x', 'y')}]},\n 2: True}`, { a: { b: [1, { c: ['x', 'y'] }] }, '2': true }],
      [`dict(a=1, b='x')`, { a: 1, b: 'x' }],
      [`{'__proto__': 1}`, JSON.parse('{"__proto__": 1}')],
      [`'a' + 'b'`, 'ab'],
      [`f'x'`, 'x'],
      ['os.path.join("/srv", "a", "b.key")', '/srv/a/b.key'],
      ['os.path.join("/srv", "/etc/x")', '/etc/x'],
      ['sys.executable', 'python3'],
    ].filter((row): row is [string, unknown] => row[1] !== undefined),
  )('%s', (expression, value) => {
    expect(outcomeOf(expression)).toEqual(value);
  });
});

describe('what only Python could tell is left out, with the reason', () => {
  test.each([
    ['lambda s: 1', 'is a function'],
    ['[x for x in y]', 'is made by a loop'],
    ['1 if x else 2', 'depends on a condition'],
    ['open("x").read()', /^is made by /],
    ['secrets.token_hex(32)', 'is made by secrets.token_hex()'],
    ['os.urandom(32)', 'is made by os.urandom()'],
    ['constructor()', 'is made by constructor()'],
    ['toString', /which this file does not say$/],
    ['2 ** 4000', 'is a number that cannot be carried over'],
    ['12345678901234567890', 'is a number that cannot be carried over'],
    ['0777', 'is a number that cannot be carried over'],
    ['3j', 'is a number that cannot be carried over'],
    [String.raw`'\N{BULLET}'`, 'is text that is not closed, or names a character'],
    [String.raw`'\x4'`, 'is text that is not closed, or names a character'],
    [String.raw`b'\u00e9é'`, 'is text that is not closed, or names a character'],
    ['"%s" % name', /computation|does not say/],
    ['[*a, 1]', /takes in another list|does not say/],
    ['{**a}', 'takes in another mapping'],
    [`os.path.join('/srv', os.environ['X'])`, 'is made by os.path.join()'],
    [`${'['.repeat(60)}${']'.repeat(60)}`, 'is nested too deeply'],
  ])('%s', (expression, why) => {
    if (typeof why === 'string') expect(outcomeOf(expression)).toBe(why);
    else expect(outcomeOf(expression)).toMatch(why);
  });
});

test.each([
  [`os.environ['X']`, `\${X}`, [{ variable: 'X', hasDefault: false }]],
  [`os.environ.get('X')`, `\${X}`, [{ variable: 'X', hasDefault: false }]],
  [`os.environ.get('X', 'y')`, 'y', [{ variable: 'X', hasDefault: true }]],
  [`os.getenv("X", default="y")`, 'y', [{ variable: 'X', hasDefault: true }]],
  [`os.environ.get('X') or 'y'`, 'y', [{ variable: 'X', hasDefault: true }]],
  [`int(os.environ.get('X', '5'))`, '5', [{ variable: 'X', hasDefault: true }]],
  [`os.path.join(os.environ.get('X', '/data'), 'key')`, '/data/key', [{ variable: 'X', hasDefault: true }]],
  [`os.path.join(os.environ['X'], 'key')`, `\${X}/key`, [{ variable: 'X', hasDefault: false }]],
  [`f"http://{os.environ['X']}:80"`, `http://\${X}:80`, [{ variable: 'X', hasDefault: false }]],
])('the environment is mentioned: %s', (expression, value, mentions) => {
  const { traits, mentions: found } = read(`c.A.b = ${expression}\n`);
  expect(traits['A.b']).toBe(value);
  expect(found).toEqual(mentions);
});

describe('a file is read from the top', () => {
  test('whatever get_config() was given to is the configuration', () => {
    expect(read('conf = get_config()  # noqa\nconf.A.b = 1\n').traits).toEqual({ 'A.b': 1 });
  });

  test('variables stand for what they were given last', () => {
    expect(read('d = "/a"\nc.A.b = d\nd = "/b"\nc.A.c = f"{d}/x"\n').traits).toEqual({
      'A.b': '/a',
      'A.c': '/b/x',
    });
  });

  test('what is added is added, to an empty list where there was none', () => {
    const text = `
c.A.l = ['a']
c.A.l.append('b')
c.A.l.extend(['c']); c.A.l += ['d']
c.A.s.add('x')
c.A.s.update({'y'})
c.A.d.update({'k': 1})
c.A.d['m'] = 2
c.A.d.update(n=3)
c.A.l.insert(0, 'first')
`;
    expect(read(text).traits).toEqual({
      'A.l': ['first', 'a', 'b', 'c', 'd'],
      'A.s': ['x', 'y'],
      'A.d': { k: 1, m: 2, n: 3 },
    });
  });

  test('blocks are not run, and each is told with what it speaks of', () => {
    const text = `import os, secrets
from oauthenticator.github import GitHubOAuthenticator as GH
"""A remark."""
c.JupyterHub.authenticator_class = GH
if os.environ.get('X'):
    c.A.b = 1
def hook(spawner):
    pass
c.Spawner.pre_spawn_hook = hook
with open('userlist') as f:
    for line in f:
        c.Authenticator.admin_users.add(line)
print('hello')
load_subconfig('other.py')
`;
    const { traits, left } = read(text);
    expect(traits).toEqual({
      'JupyterHub.authenticator_class': 'oauthenticator.github.GitHubOAuthenticator',
    });
    expect(left).toEqual([
      '1 import of secrets is Python, which is not run',
      '5 if is Python, which is not run, and speaks of c.A.b',
      '7 def is Python, which is not run',
      '9 c.Spawner.pre_spawn_hook takes its value from hook, which this file does not say',
      '10 with is Python, which is not run, and speaks of c.Authenticator.admin_users; the file userlist is read by the hub itself',
      '13 print() is a call, which is not run',
      '14 load_subconfig() reads another file: import that one by itself',
    ]);
  });

  test('a list that is filled later is not carried over half-filled', () => {
    const { traits, left } = read(
      'c.A.b = names = set()\nwith open("userlist") as f:\n    for l in f:\n        names.add(l)\n',
    );
    expect(traits).toEqual({});
    expect(left).toContainEqual('1 c.A.b is the same as names, which is changed in line 2');
  });

  test('a value that could not be read takes back what was said before, and what is added to it is told', () => {
    const { traits, left } = read('c.A.b = [1]\nc.A.b = make()\nc.A.b.append(2)\n');
    expect(traits).toEqual({});
    expect(left).toEqual(['2 c.A.b is made by make()', '3 c.A.b adds to a value that could not be read']);
  });

  test('a statement that is no Python is told with its line, and the others stand', () => {
    const { traits, left } = read("c.A.a = 1\nc.A.b = = 2\nc.A.c = 3\nc.A.d = 'open\nc.A.e = 5\n");
    expect(traits['A.a']).toBe(1);
    expect(traits['A.c']).toBe(3);
    expect(traits).not.toHaveProperty('A.b');
    expect(traits).not.toHaveProperty('A.d');
    expect(left.join('\n')).toMatch(/^2 c\.A\.b /m);
    expect(left.join('\n')).toMatch(/^4 c\.A\.d /m);
  });

  test('no value is ever told, only names', () => {
    const secret = 'h0rse-battery';
    const { left } = read(
      `c.A.b = make("${secret}")\nc.A.c = {"${secret}": x}\nf("${secret}")\nx = "${secret}\nif "${secret}":\n  pass\n"${secret}".join(c.A.d)\n`,
    );
    expect(left.length).toBeGreaterThan(4);
    expect(left.join('\n')).not.toContain(secret);
  });

  test('Windows line ends and a byte order mark are no Python, and no fault', () => {
    expect(read('\uFEFFc.A.b = """x\r\ny"""\r\nc.A.d = 1\r\n')).toEqual({
      traits: { 'A.b': 'x\ny', 'A.d': 1 },
      mentions: [],
      left: [],
    });
  });
});

test('variables that hold each other cannot grow without bound', () => {
  const lines = Array.from({ length: 60 }, (_, at) => `v${at + 1} = [v${at}, v${at}]`);
  const begun = performance.now();
  const { left, traits } = read(`v0 = ['x']\n${lines.join('\n')}\nc.A.b = v60\n`);
  expect(traits).toEqual({});
  expect(left.join('')).toContain('is too large');
  expect(performance.now() - begun).toBeLessThan(2000);
});

describe('whatever the text, an answer comes, soon', () => {
  const seed = 20;
  /** Small and repeatable (Numerical Recipes' constants). */
  function random(start: number): () => number {
    let state = start;
    return () => {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
      return state / 2 ** 32;
    };
  }
  const pieces = [
    ...['c.A.b = ', 'c.Spawner.', "'", '"', '"""', "f'{", '}', '{', '[', ']', '(', ')', '\n', '\n    ', ' '],
    ...[
      'if x:',
      'def f(',
      'lambda',
      'os.environ',
      '.get(',
      'update',
      ',',
      ':',
      '=',
      '==',
      '+=',
      '\\',
      '\\N{',
    ],
    ...[
      '#',
      '\t',
      '\r\n',
      '\0',
      '1',
      '0x',
      '1e999',
      'é',
      '\u{1F600}',
      'None',
      'not ',
      ' or ',
      '**',
      '*',
      '@',
    ],
    ...['import ', 'from ', 'get_config()', 'c.A.b.append(', 'else', 'async ', ';', '...', '!r', ':>10'],
  ];

  test.each([1, 2, 3, 4])('pieces of Python in any order (%i)', (round) => {
    const next = random(seed * round);
    for (let file = 0; file < 150; file++) {
      const count = 1 + Math.floor(next() * 60);
      const text = Array.from({ length: count }, () => pieces[Math.floor(next() * pieces.length)]).join('');
      const begun = performance.now();
      const { assigned, leftOut } = readPython(text);
      expect(Array.isArray(assigned) && Array.isArray(leftOut)).toBe(true);
      expect(performance.now() - begun).toBeLessThan(1500);
    }
  });

  test.each([
    ['brackets', '('.repeat(10_000)],
    ['quotes', `c.A.b = ${"'".repeat(50_001)}`],
    ['blocks', Array.from({ length: 300 }, (_, at) => `${' '.repeat(at)}if x:`).join('\n')],
    ['operators', `c.A.b = ${'1 + '.repeat(5_000)}1`],
    ['members', `c.A.b = a${'.b'.repeat(5_000)}`],
    ['calls', `c.A.b = ${'f('.repeat(5_000)}`],
    ['texts', `c.A.b = ${"'x' ".repeat(5_000)}`],
    ['lines', 'c.A.b = 1\n'.repeat(5_000)],
    ['nothing', ''],
    ['zero bytes', '\0'.repeat(100)],
    ['too much', 'x'.repeat(2 ** 18 + 1)],
  ])('a great many %s', (_, text) => {
    const begun = performance.now();
    expect(readPython(text)).toHaveProperty('assigned');
    expect(performance.now() - begun).toBeLessThan(8000);
  });
});
