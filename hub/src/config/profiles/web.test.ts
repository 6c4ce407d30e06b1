import { expect, test } from 'vitest';
import { readProfileList } from './profile-list.ts';

const WEB = { display_name: 'A', kind: 'web', port: 8787 };

const overrideOf = (profile: Record<string, unknown>) => {
  const list = readProfileList([profile], '');
  if (typeof list === 'string') throw new Error(list);
  return list.profiles[0]?.override;
};

test('a web application runs what its image says, and answers at its root, unless told otherwise', () => {
  expect(overrideOf(WEB)).toEqual({
    command: null,
    args: [],
    web: { port: 8787, healthPath: '/', stripPrefix: false, tokenHeader: null },
  });
  expect(
    overrideOf({
      ...WEB,
      health_path: '/healthz?deep=1',
      strip_prefix: true,
      token_header: {},
      kubespawner_override: { image: 'x', cmd: ['serve', '{prefix}'] },
    }),
  ).toEqual({
    image: 'x',
    command: ['serve', '{prefix}'],
    args: [],
    web: {
      port: 8787,
      healthPath: '/healthz?deep=1',
      stripPrefix: true,
      tokenHeader: { name: 'X-Door-Token', variable: 'DOOR_TOKEN' },
    },
  });
});

test('a profile of notebooks is as it was', () => {
  expect(overrideOf({ display_name: 'A', kind: 'notebook' })).toEqual({});
});

test.each([
  [{ display_name: 'A', kind: 'webapp' }, '[0].kind should be notebook or web'],
  [{ display_name: 'A', kind: 'web' }, '[0].port should be the port on which the program listens'],
  [{ display_name: 'A', port: 80 }, '[0].port needs `kind: web` beside it'],
  [{ display_name: 'A', token_header: {} }, '[0].token_header needs `kind: web` beside it'],
  [{ ...WEB, port: 0 }, '[0].port should be a number from 1 to 65535'],
  [{ ...WEB, port: 80.5 }, '[0].port should be a whole number'],
  [{ ...WEB, health_path: 'healthz' }, '[0].health_path should be a path that begins with /'],
  [{ ...WEB, health_path: '/a b' }, '[0].health_path should be a path that begins with /'],
  [{ ...WEB, strip_prefix: 'yes' }, '[0].strip_prefix should be true or false'],
  [{ ...WEB, token_header: 'X-Token' }, '[0].token_header should be a mapping'],
  [{ ...WEB, token_header: { value: 'x' } }, '[0].token_header.value is not known'],
  [{ ...WEB, healthpath: '/' }, '[0].healthpath is not known'],
])('%j is a fault with its place', (profile, fault) => {
  expect(readProfileList([profile], '')).toBe(fault);
});

test.each(['Cookie', 'host', 'Content-Length', 'X-Forwarded-User', 'X-Berth-Assertion', 'a b', 'X-A\r\nX-B'])(
  'the secret may not be in the header %j',
  (name) => {
    expect(readProfileList([{ ...WEB, token_header: { name } }], '')).toBe(
      '[0].token_header.name should be a header of the program’s own, such as X-Door-Token',
    );
  },
);

test.each(['1A', 'A-B', 'JUPYTERHUB_USER', 'berth_visit_key'])('nor in the variable %s', (env) => {
  expect(readProfileList([{ ...WEB, token_header: { env } }], '')).toBe(
    '[0].token_header.env should be a variable of the program’s own, such as DOOR_TOKEN',
  );
});
