/** A hub that the requests are sent to: the real one, or ours. */
export interface Side {
  readonly url: string;
  /** Cookies of a signed-in browser, and the word for its forms. */
  signIn(name: string): Promise<{ readonly cookie: string; readonly xsrf: string }>;
  close(): Promise<void>;
}

/** Of both hubs: services with their tokens, and roles. Names are those of JupyterHub's configuration. */
export const SHARED = {
  services: [
    { name: 'root', admin: true, api_token: 'conformance-token-of-root' },
    { name: 'cull', api_token: 'conformance-token-of-cull' },
    {
      name: 'grades',
      url: 'http://127.0.0.1:9',
      api_token: 'conformance-token-of-grades',
      oauth_client_allowed_scopes: ['read:users!user'],
    },
    {
      name: 'blessed',
      url: 'http://127.0.0.1:9',
      api_token: 'conformance-token-of-blessed',
      oauth_no_confirm: true,
    },
  ],
  roles: [
    {
      name: 'culler',
      scopes: ['list:users', 'read:users:activity', 'read:servers', 'delete:servers'],
      services: ['cull'],
    },
    {
      name: 'tutor',
      scopes: ['servers!group=class', 'read:users!group=class', 'list:users!group=class'],
      users: ['tess'],
    },
    { name: 'manager', scopes: ['admin:users', 'tokens'], users: ['mo'] },
    { name: 'gradebook', scopes: ['access:services!service=grades'], users: ['alice'] },
  ],
} as const;
