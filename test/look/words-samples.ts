// Tokens, announcements, groups, invitations, services: with what life brings.
import type { PROBLEMS } from '../../hub/src/domain/problem.ts';
import { DEFAULT_ROLES } from '../../hub/src/domain/role.ts';
import { expandScopes } from '../../hub/src/domain/scope.ts';
import { offerScopes } from '../../hub/src/http/pages/offer-scopes.ts';
import type { TokensProps } from '../../hub/src/http/views/account-props.ts';
import { AnnouncementsView } from '../../hub/src/http/views/announcements.tsx';
import { GroupView } from '../../hub/src/http/views/group.tsx';
import { GroupsView } from '../../hub/src/http/views/groups.tsx';
import { HomeView } from '../../hub/src/http/views/home.tsx';
import { InvitationsView } from '../../hub/src/http/views/invitations.tsx';
import type { Shell } from '../../hub/src/http/views/props.ts';
import { renderPage } from '../../hub/src/http/views/render.ts';
import { sayProblem, sayScope } from '../../hub/src/http/views/say.ts';
import { ServicesView } from '../../hub/src/http/views/services.tsx';
import { TokensView } from '../../hub/src/http/views/tokens.tsx';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const TERMS = ['3600', '86400', '604800', '2592000', '31536000', ''] as const;

/** Page's name → HTML. */
export function wordsSamples(shell: Shell, boss: Shell, hostile: string) {
  const { t, now } = shell;
  const own = expandScopes(['self'], { user: 'ana' });
  const admin = DEFAULT_ROLES.find(({ name }) => name === 'admin')?.scopes ?? [];
  const tokens: TokensProps = {
    shell,
    own: [
      {
        id: 'a7',
        note: 'grades from the lab computer',
        may: t.tokens.may(2),
        scopes: ['read:servers!user', 'access:servers!user'],
        created: now - 3 * DAY,
        lastActivity: now - 26 * MINUTE,
        expires: now + 27 * DAY,
        revoke: '/hub/token/revoke/a7',
      },
      {
        id: 'a8',
        note: hostile,
        may: t.tokens.mayAll,
        scopes: [],
        created: now,
        lastActivity: null,
        expires: null,
        revoke: '/hub/token/revoke/a8',
      },
    ],
    given: [
      {
        id: 'a9',
        note: 'OAuth token for Server at /user/ana/',
        may: t.tokens.may(1),
        scopes: ['access:servers!server=ana/'],
        created: now - 5 * MINUTE,
        lastActivity: now,
        expires: null,
        revoke: '/hub/token/revoke/a9',
      },
    ],
    issued: {
      word: '5f1c0b7d3e9a42c8b6d04e17a93f2c58',
      example: 'https://hub.example/hub/api/user',
    },
    notice: null,
    error: null,
    note: '',
    expires: '2592000',
    terms: TERMS,
    scopes: offerScopes(t, own, 'ana', new Set()),
    narrow: false,
    revokeAll: '/hub/token/revoke-all',
  };
  const told = [
    { text: t.announcements.makeTitle, level: 'urgent' },
    { text: `Maintenance on Friday, 18:00–19:00: https://status.example/hub. ${hostile}`, level: 'warning' },
    { text: 'The new GPU profile is open to everybody.', level: 'info' },
  ] as const;
  const link = (path: string) => `/hub/admin/groups/${path}`;
  return {
    tokens: renderPage(TokensView, tokens),
    'tokens-scopes': renderPage(TokensView, {
      ...tokens,
      shell: boss,
      given: [],
      issued: null,
      error: t.tokens.nothingChosen,
      narrow: true,
      scopes: offerScopes(t, expandScopes(admin, {}), 'maria', new Set(['read:hub'])),
    }),
    announced: renderPage(HomeView, {
      shell: { ...shell, announcements: told },
      live: null,
      standing: null,
      environments: false,
      servers: [],
    }),
    announcements: renderPage(AnnouncementsView, {
      shell: { ...boss, announcements: told.slice(0, 1) },
      made: [
        {
          text: told[1].text,
          level: 'warning',
          place: 'everywhere',
          by: 'maria',
          created: now - 40 * MINUTE,
          ends: now + 80 * MINUTE,
          clear: '/hub/admin/announcements/clear/a',
        },
        {
          text: told[2].text,
          level: 'info',
          place: 'spawn',
          by: 'maria',
          created: now - 3 * DAY,
          ends: null,
          clear: '/hub/admin/announcements/clear/b',
        },
      ],
      fixed: [{ text: 'Welcome to the lab’s hub.', place: 'login' }],
      most: 500,
      notice: t.announcements.made,
      error: null,
      form: { text: '', level: 'info', place: 'everywhere', ends: '' },
      action: '/hub/admin/announcements',
    }),
    groups: renderPage(GroupsView, {
      shell: boss,
      groups: [
        { name: 'biology', members: 23, roles: [], created: now - 40 * DAY, href: link('biology') },
        { name: 'gpu', members: 1, roles: ['gpu-users'], created: now - DAY, href: link('gpu') },
        { name: 'with spaces & : signs', members: 0, roles: [], created: now, href: link('with%20spaces') },
      ],
      make: '/hub/admin/groups',
      managed: false,
      notice: null,
      error: t.groups.badName,
      name: '!',
    }),
    group: renderPage(GroupView, {
      shell: boss,
      name: 'biology',
      members: ['ana', 'bruno.meier@uni.example', 'chloe'].map((name) => ({
        name,
        takeOut: link(`biology/take-out/${name}`),
      })),
      add: link('biology/add'),
      remove: link('biology/remove'),
      managed: false,
      results: [
        { name: 'chloe', result: 'joined' },
        { name: 'ana', result: 'member' },
        { name: 'nobody', result: 'unknown' },
        { name: hostile, result: 'bad' },
      ],
      notice: null,
      error: null,
      names: '',
      back: '/hub/admin/groups',
    }),
    invitations: renderPage(InvitationsView, {
      shell: boss,
      invitations: [
        { id: '1', user: 'chloe', created: now - DAY, expires: now + 2 * DAY, over: false, revoke: '#' },
        { id: '2', user: null, created: now - DAY, expires: now - DAY, over: true, revoke: '#' },
      ],
      notice: null,
    }),
    services: renderPage(ServicesView, {
      shell: boss,
      services: [
        { name: 'culler', admin: false, url: null, lastActivity: now - MINUTE, roles: ['culler'] },
        { name: 'grades', admin: true, url: 'http://grades:8000', lastActivity: null, roles: [] },
      ],
      roles: DEFAULT_ROLES.map(({ name, description, scopes }) => ({
        name,
        description,
        scopes: scopes.map((scope) => ({ name: scope, sentence: sayScope(t, scope) })),
        holders: name === 'admin' ? ['maria'] : [],
      })),
    }),
  };
}

/** A problem in the sample's language. */
export function sampleProblem(shell: Shell, code: keyof typeof PROBLEMS, facts = {}) {
  return sayProblem(shell.t, code, facts);
}
