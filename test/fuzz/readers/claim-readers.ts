import { verifyFormer } from '../../../hub/src/adapters/former/former-digest.ts';
import { readTables } from '../../../hub/src/adapters/former/read-tables.ts';
import type { GenericOAuthSettings } from '../../../hub/src/adapters/identity/generic-oauth-settings.ts';
import { identityOfClaims } from '../../../hub/src/adapters/identity/identity-of-claims.ts';
import {
  readKernels,
  readStatus,
  readTerminals,
} from '../../../hub/src/adapters/notebook/notebook-answers.ts';
import { Problem } from '../../../hub/src/domain/problem.ts';
import { must, type ReaderTarget } from '../reader-target.ts';
import { valueIn } from './value-in.ts';

const SETTINGS: GenericOAuthSettings = {
  ...{ label: 'SSO', clientId: 'berth', clientSecret: null, callbackUrl: 'https://h/hub/oauth_callback' },
  ...{ issuer: null, authorizeUrl: null, tokenUrl: null, userdataUrl: null, userdataParams: {} },
  ...{ userdataFromIdToken: false, usernameClaim: null, scope: [], authorizeParams: {}, tokenParams: {} },
  ...{ basicAuth: false, tlsVerify: true, groupsClaim: 'groups', manageGroups: true },
  ...{ allowedGroups: ['class'], adminGroups: ['teachers'], logoutRedirectUrl: null, signOutThere: false },
};

const identities: ReaderTarget = {
  name: 'claims of providers',
  seeds: [
    '{"sub": "7", "preferred_username": "ana", "username": "ana", "groups": ["class"], "email": "a@b", "email_verified": true}',
    '{"id": 7, "username": "ben", "groups": "class", "email_verified": "false", "email": "t@h"}',
  ],
  words: [
    '"groups":',
    '"__proto__": {"groups": ["teachers"]}',
    '"email_verified": false',
    '"sub":',
    '["class"]',
  ],
  read(input) {
    const claims = valueIn(input, identities.seeds);
    if (typeof claims !== 'object' || claims === null || Array.isArray(claims)) return;
    for (const issuer of [null, 'https://idp.example'])
      for (const usernameClaim of [null, 'email']) {
        try {
          const told = identityOfClaims({ ...claims }, issuer, { ...SETTINGS, usernameClaim });
          must(told.login !== '' && told.id !== '', 'somebody without a name came in');
          const own = Object.hasOwn(claims, 'groups') ? JSON.stringify(Reflect.get(claims, 'groups')) : '';
          must(told.admin !== true || own.includes('"teachers"'), 'somebody became an administrator');
          must(told.admitted !== true || /"class"|"teachers"/.test(own), 'somebody in no group came in');
          const verified = [true, 'true'].includes(Reflect.get(claims, 'email_verified'));
          must(usernameClaim === null || verified, 'an address that nobody verified became a name');
        } catch (error) {
          if (!(error instanceof Problem && error.status < 500)) throw error;
        }
      }
  },
};

const notebooks: ReaderTarget = {
  name: 'what notebooks say of themselves',
  seeds: [
    '[{"execution_state": "busy", "last_activity": "2026-01-01T00:00:00Z"}]',
    '{"last_activity": "2026-01-01T00:00:00Z"}',
  ],
  words: ['"execution_state": "idle"', '"last_activity":', '"+275760-09-13T00:00:00Z"', '-1', '1e309'],
  read(input) {
    const told = valueIn(input, notebooks.seeds);
    const times = [
      ...(readKernels(told) ?? []).map(({ lastActivity }) => lastActivity),
      ...(readTerminals(told) ?? []),
      readStatus(told),
    ];
    for (const time of times) must(time === null || Number.isFinite(time), `a time ${time}`);
  },
};

/** Tables as SQLite would give them: by name, lists of rows. */
const former: ReaderTarget = {
  name: 'jupyterhub.sqlite',
  seeds: [
    '{"users": [{"id": 1, "name": "ana", "admin": 1, "created": "2024-05-01 10:20:30", "last_activity": null}], "api_tokens": [{"id": 1, "hashed": "sha512:1:00:aa", "prefix": "abcd", "user_id": 1, "note": "x", "scopes": "[\\"self\\"]", "created": null, "expires_at": null, "last_activity": null, "client_id": "jupyterhub"}], "groups": [{"id": 1, "name": "g", "properties": "{}"}], "user_group_map": [{"a": 1, "b": 1}]}',
    '{"users": [{"id": 1, "name": "ana", "admin": 0}], "roles": [{"id": 1, "name": "r", "description": null, "scopes": "[]"}], "spawners": [{"user_id": 1, "name": "", "state": "{\\"object_name\\": \\"c\\"}"}]}',
  ],
  words: [
    '"scopes":',
    '"__proto__":',
    '"properties": "[]"',
    '"created": "99999-99-99 1:1:1"',
    '"hashed":',
    'null',
  ],
  read(input) {
    const told = valueIn(input, former.seeds);
    const tables = new Map(Object.entries(typeof told === 'object' && told !== null ? told : {}));
    const rowsOf = (name: string): readonly unknown[] => {
      const rows: unknown = tables.get(name);
      return Array.isArray(rows) ? rows : [];
    };
    const columns = (name: string): string[] => {
      const [row] = rowsOf(name);
      return typeof row === 'object' && row !== null ? Object.keys(row) : [];
    };
    const rows = (sql: string): readonly unknown[] => rowsOf(/FROM "(\w+)"/.exec(sql)?.[1] ?? '');
    try {
      const reading = readTables({ rows, columns }, 1);
      must(!('fault' in reading) || reading.fault.length > 0, 'a database that is refused says why');
      for (const { hashed } of 'hub' in reading ? reading.hub.tokens : [])
        must(!verifyFormer('', hashed), 'an empty word is a good token');
    } catch (error) {
      // Whoever reads the file says of it that it cannot be read.
      if (!(error instanceof Error && error.name === 'ZodError')) throw error;
    }
  },
};

export const CLAIM_READERS: readonly ReaderTarget[] = [identities, notebooks, former];
