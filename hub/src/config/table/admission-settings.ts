import { isUsername, normalizeUsername } from '../../domain/user.ts';
import { dictionary, flag, list, number, optionalText, reader, setting } from '../setting.ts';
import { wholeMatch } from '../whole-match.ts';

const names = list.transform((words) => words.map(normalizeUsername));

/** Who may come in, whichever way. */
export const ADMISSION_SETTINGS = {
  allowAll: setting({
    env: 'ALLOW_ALL',
    trait: 'Authenticator.allow_all',
    doc: 'Let everybody in whom the provider knows. Think twice: with GitHub that is everybody on earth.',
    type: flag,
    fallback: 'false',
    reload: true,
  }),
  allowExistingUsers: setting({
    env: 'ALLOW_EXISTING_USERS',
    trait: 'Authenticator.allow_existing_users',
    doc: 'Let everybody in who has an account here already. Leaving a list then takes nothing away: only removing the account does.',
    type: flag,
    fallback: 'false',
    reload: true,
  }),
  allowedUsers: setting({
    env: 'ALLOWED_USERS',
    trait: ['Authenticator.allowed_users', 'Authenticator.whitelist'],
    doc: 'Names that may sign in, beside those of the userlist.',
    type: names,
    reload: true,
  }),
  blockedUsers: setting({
    env: 'BLOCKED_USERS',
    trait: ['Authenticator.blocked_users', 'Authenticator.blacklist'],
    doc: 'Names that may not, whatever else lets them in. They lose the right to administer, too.',
    type: names,
    reload: true,
  }),
  adminUsers: setting({
    env: 'JUPYTERHUB_ADMIN',
    trait: 'Authenticator.admin_users',
    doc: 'Names of administrators, beside those of the userlist.',
    type: names,
    reload: true,
  }),
  allowedGroups: setting({
    env: 'ALLOWED_GROUPS',
    trait: 'OAuthenticator.allowed_groups',
    doc: 'Groups of the provider whose members may sign in. GitHub’s teams need `MANAGE_GROUPS` for it.',
    type: list,
    reload: true,
  }),
  adminGroups: setting({
    env: 'ADMIN_GROUPS',
    trait: 'OAuthenticator.admin_groups',
    doc: 'Groups of the provider whose members are administrators; who is in none of them is none. GitHub’s teams need `MANAGE_GROUPS` for it.',
    type: list,
    reload: true,
  }),
  usernamePattern: setting({
    env: 'USERNAME_PATTERN',
    trait: 'Authenticator.username_pattern',
    doc: 'Pattern that the whole name must fit, such as `[a-z]+\\.[a-z]+`. It is matched in linear time: look-around and references back are not understood.',
    type: optionalText.transform((source, context) => {
      try {
        return source === null ? null : wholeMatch(source);
      } catch (error) {
        context.addIssue({
          code: 'custom',
          message: error instanceof Error ? error.message : 'is no pattern',
        });
        return null;
      }
    }),
  }),
  usernameMap: setting({
    env: 'USERNAME_MAP',
    trait: 'Authenticator.username_map',
    doc: 'Names at a provider and what they are called here: `{"Octocat": "mona"}` or `octocat=mona&hubot=bob`. Applied once.',
    type: dictionary.transform((given, context) => {
      const pairs = Object.entries(given).map(
        ([from, to]) => [normalizeUsername(from), normalizeUsername(to)] as const,
      );
      if (!pairs.every(([, to]) => isUsername(to))) {
        context.addIssue({ code: 'custom', message: 'should map to names that a user may have' });
      }
      return new Map(pairs) as ReadonlyMap<string, string>;
    }),
  }),
  deleteInvalidUsers: setting({
    env: 'DELETE_INVALID_USERS',
    trait: 'Authenticator.delete_invalid_users',
    doc: 'Only `false` is taken: a hub that removes accounts at its start, because a provider was away or a list half-written, is one nobody wants. Remove people on the page Administration.',
    type: reader(
      { enum: [false, 'false'] },
      'is refused: remove people on the page Administration',
      (value) => (['', 'false', '0', 'no'].includes(String(value ?? '').toLowerCase()) ? false : undefined),
    ),
    fallback: 'false',
  }),
  refreshAge: setting({
    env: 'AUTH_REFRESH_AGE',
    trait: 'Authenticator.auth_refresh_age',
    doc: 'Seconds after which the provider is asked again whether a signed-in person still may; 0 never. A provider that cannot be reached refuses nobody.',
    type: number(0, 31_536_000),
    fallback: '300',
  }),
  refreshPreSpawn: setting({
    env: 'REFRESH_PRE_SPAWN',
    trait: 'Authenticator.refresh_pre_spawn',
    doc: 'Ask the provider before each start of a server, too.',
    type: flag,
    fallback: 'false',
  }),
  enableAuthState: setting({
    env: 'ENABLE_AUTH_STATE',
    trait: 'Authenticator.enable_auth_state',
    doc: 'Show what the provider told at sign-in to API callers with the scope `admin:auth_state`. It is kept sealed in either case, for as long as the session.',
    type: flag,
    fallback: 'false',
  }),
  userlistFile: setting({
    env: 'USERLIST_FILE',
    doc: 'The userlist: one name a line, `admin` after it for administrators. In force the moment it is saved.',
    type: optionalText,
    reload: true,
  }),
  userlistGrace: setting({
    env: 'USERLIST_GRACE',
    doc: 'Seconds between the moment somebody may not come in any more and the stop of their servers. Access ends at once.',
    type: number(0, 2_000_000),
    fallback: '600',
  }),
} as const;
