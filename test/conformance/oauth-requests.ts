import { type Step, step } from './step.ts';

const JSON_TYPE = { headers: { 'content-type': 'application/json' } };
export const cookies: readonly Step[] = [
  step('cookie:alice', 'GET', '/user'),
  step('cookie:alice', 'GET', '/users'),
  step('cookie:mary', 'GET', '/users/alice'),
  step('cookie:mary', 'POST', '/users', { usernames: ['iris'] }),
  step('cookie:mary', 'GET', '/users/alice', undefined, { headers: { 'sec-fetch-mode': 'cors' } }),
  step('cookie:mary', 'GET', '/users/alice', undefined, { headers: { 'sec-fetch-mode': 'navigate' } }),
  step('cookie:mary', 'POST', '/users/iris', undefined, {
    raw: '',
    headers: { 'content-type': 'text/plain' },
  }),
  step('cookie:mary', 'POST', '/users/alice/tokens', {}, JSON_TYPE),
];

const AUTHORIZE = '/oauth2/authorize';
const grades = {
  client_id: 'service-grades',
  redirect_uri: '/services/grades/oauth_callback',
  response_type: 'code',
  state: 's t&u',
};
const blessed = { ...grades, client_id: 'service-blessed', redirect_uri: '/services/blessed/oauth_callback' };
const ask = (as: string, query: Readonly<Record<string, string>>, save?: Step['save']): Step =>
  step(
    as,
    'GET',
    `${AUTHORIZE}?${new URLSearchParams(query)}`,
    undefined,
    save === undefined ? {} : { save },
  );
const without = (key: string): Record<string, string> =>
  Object.fromEntries(Object.entries(blessed).filter(([name]) => name !== key));
const exchange = (more: Readonly<Record<string, string>>): Step =>
  step('nobody', 'POST', '/oauth2/token', undefined, {
    form: {
      client_id: 'service-blessed',
      client_secret: 'conformance-token-of-blessed',
      grant_type: 'authorization_code',
      redirect_uri: '/services/blessed/oauth_callback',
      ...more,
    },
  });

export const oauth: readonly Step[] = [
  ask('nobody', grades),
  ask('mary', grades),
  ask('cookie:bob', grades),
  ask('cookie:alice', grades),
  ask('cookie:mary', { ...blessed, client_id: 'nix' }),
  ask('cookie:mary', without('client_id')),
  ask('cookie:mary', { ...blessed, redirect_uri: '/services/blessed/oauth_callback/' }),
  ask('cookie:mary', { ...blessed, redirect_uri: 'http://evil.example/' }),
  ask('cookie:mary', without('response_type')),
  ask('cookie:mary', { ...blessed, response_type: 'token' }),
  ask('cookie:mary', { ...blessed, scope: 'nix' }),
  ask('cookie:mary', { ...blessed, scope: 'admin:users' }),
  ask('cookie:mary', blessed, ['code', 'code']),
  exchange({ code: 'nix' }),
  exchange({ code: '{code}', client_secret: 'nix' }),
  exchange({ code: '{code}', client_id: 'nix' }),
  exchange({ code: '{code}', grant_type: 'password' }),
  exchange({ code: '{code}', redirect_uri: '/nix' }),
  exchange({}),
  { ...exchange({ code: '{code}' }), save: ['entered', 'access_token'] },
  exchange({ code: '{code}' }),
  step('entered', 'GET', '/user'),
  step('entered', 'GET', '/users/mary'),
  step('entered', 'GET', '/users'),
  step('nobody', 'POST', '/oauth2/token'),
];
