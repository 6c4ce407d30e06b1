import { type Step, step } from './step.ts';

const PAGES = { headers: { accept: 'application/jupyterhub-pagination+json' } };

/** Who may not: for want of credentials, of the scope, or of the scope on this owner. */
const refused: readonly Step[] = (
  [
    ['GET', '/shares/alice', undefined],
    ['GET', '/shares/alice/', undefined],
    ['POST', '/shares/alice/', { user: 'bob' }],
    ['PATCH', '/shares/alice/', { user: 'bob' }],
    ['DELETE', '/shares/alice/', undefined],
    ['GET', '/share-codes/alice/', undefined],
    ['POST', '/share-codes/alice/', {}],
    ['DELETE', '/share-codes/alice/', undefined],
    ['GET', '/users/alice/shared', undefined],
    ['GET', '/groups/class/shared', undefined],
    ['DELETE', '/users/alice/shared/bob/', undefined],
    ['DELETE', '/groups/class/shared/bob/', undefined],
  ] as const
).flatMap(([method, path, body]) =>
  ['nobody', 'stranger', 'bob', 'alice', 'names-only'].map((as) => step(as, method, path, body)),
);

const BAD: readonly unknown[] = [
  ...[[], 3, {}, { user: 'bob', group: 'class' }, { user: '' }, { user: 3 }, { nix: 1, user: 'bob' }],
  ...[{ user: 'nix' }, { group: 'nix' }, { user: 'bob', scopes: ['nix'] }, { user: 'bob', scopes: 'self' }],
  ...['access:servers!server=bob/', 'access:servers!user=alice', 'servers!server'].map((scope) => ({
    user: 'bob',
    scopes: [scope],
  })),
];

/** Sharing as administrators do it, and as alice may who has the role. */
const giving: readonly Step[] = [
  ...BAD.flatMap((body) => ['POST', 'PATCH'].map((method) => step('mary', method, '/shares/alice/', body))),
  step('mary', 'POST', '/shares/alice/', undefined, { raw: '{' }),
  step('mary', 'POST', '/shares/alice', { user: 'bob' }),
  step('mary', 'PATCH', '/shares/alice', { user: 'bob' }),
  step('mary', 'DELETE', '/shares/alice'),
  step('mary', 'PUT', '/shares/alice/', { user: 'bob' }),
  step('mary', 'GET', '/shares/nix'),
  step('mary', 'GET', '/shares/alice/nix'),
  step('mary', 'POST', '/shares/alice/nix', { user: 'bob' }),
  step('mary', 'GET', '/users/nix/shared'),
  step('mary', 'GET', '/groups/nix/shared'),
  step('mary', 'POST', '/groups/class/users', { users: ['eve'] }),
  step('mary', 'POST', '/shares/alice/', { user: 'bob' }),
  step('mary', 'POST', '/shares/alice/', { user: 'bob' }),
  step('mary', 'POST', '/shares/alice/', { user: 'bob', scopes: ['read:servers'] }),
  step('mary', 'POST', '/shares/alice/', { group: 'class' }),
  step('bob', 'GET', '/user'),
  step('bob', 'GET', '/users/alice'),
  step('bob', 'GET', '/users/bob/shared'),
  step('bob', 'GET', '/users/bob/shared', undefined, PAGES),
  step('bob', 'GET', '/users/bob/shared/alice/'),
  step('bob', 'GET', '/users/bob/shared/alice/nix'),
  step('bob', 'GET', '/users/bob/shared/nix/'),
  step('mary', 'GET', '/users/eve/shared'),
  step('mary', 'GET', '/groups/class/shared'),
  step('mary', 'GET', '/groups/class/shared/alice/'),
  step('mary', 'GET', '/groups/class/shared/bob/'),
  step('mary', 'GET', '/shares/alice'),
  step('mary', 'GET', '/shares/alice?limit=1'),
  step('mary', 'GET', '/shares/alice?offset=1'),
  step('mary', 'GET', '/shares/alice?limit=x'),
  step('alice', 'GET', '/shares/alice/'),
  step('alice', 'GET', '/user'),
  step('mary', 'PATCH', '/shares/alice/', { user: 'bob', scopes: ['read:servers!server=alice/'] }),
  step('mary', 'PATCH', '/shares/alice/', { user: 'nix' }),
  step('mary', 'PATCH', '/shares/alice/', { group: 'nix' }),
  step('mary', 'PATCH', '/shares/alice/', { user: 'eve' }),
  step('mary', 'PATCH', '/shares/alice/', { user: 'bob' }),
  step('mary', 'PATCH', '/shares/alice/', { user: 'bob' }),
  step('bob', 'GET', '/user'),
  step('mary', 'POST', '/shares/alice/', { user: 'bob' }),
  step('bob', 'DELETE', '/users/bob/shared/alice/'),
  step('bob', 'DELETE', '/users/bob/shared/alice/'),
  step('mary', 'DELETE', '/groups/class/shared/alice/'),
  step('mary', 'DELETE', '/shares/alice/'),
  step('mary', 'DELETE', '/shares/alice/'),
  step('mary', 'GET', '/shares/alice/'),
];

/** Links, and what they say of themselves. */
const codes: readonly Step[] = [
  ...[
    { expires_in: 1 },
    { expires_in: 'x' },
    { expires_in: 99_999_999 },
    { nix: 1 },
    { scopes: ['nix'] },
  ].map((body) => step('mary', 'POST', '/share-codes/alice/', body)),
  step('mary', 'POST', '/share-codes/alice', {}),
  step('mary', 'DELETE', '/share-codes/alice'),
  step('mary', 'POST', '/share-codes/alice/nix', {}),
  step('mary', 'POST', '/share-codes/alice/', { scopes: ['access:servers!server=bob/'] }),
  step('mary', 'POST', '/share-codes/alice/', undefined, { save: ['link', 'code'] }),
  step('mary', 'POST', '/share-codes/alice/', { expires_in: 600 }, { save: ['link-id', 'id'] }),
  step('mary', 'GET', '/share-codes/alice/'),
  step('mary', 'GET', '/share-codes/alice'),
  step('mary', 'GET', '/share-codes/nix'),
  step('alice', 'GET', '/share-codes/alice/'),
  step('mary', 'DELETE', '/share-codes/alice/?code=nix'),
  step('mary', 'DELETE', '/share-codes/alice/?id=nix'),
  step('mary', 'DELETE', '/share-codes/alice/?id={link-id}'),
  step('mary', 'DELETE', '/share-codes/alice/?id={link-id}'),
  step('mary', 'DELETE', '/share-codes/alice/?code={link}'),
  step('mary', 'DELETE', '/share-codes/alice/?code={link}'),
  step('mary', 'DELETE', '/share-codes/alice/'),
  step('mary', 'GET', '/share-codes/alice/'),
];

/** alice's server has been started and stopped before; the group `class` is there with alice in it. */
export const shares: readonly Step[] = [...refused, ...giving, ...codes];
