import { flag, list, number, optionalText, setting } from '../setting.ts';

/** Who may come in, whichever way. */
export const ADMISSION_SETTINGS = {
  allowAll: setting({
    env: 'ALLOW_ALL',
    trait: 'Authenticator.allow_all',
    doc: 'Let everybody in whom the provider knows. Think twice: with GitHub that is everybody on earth.',
    type: flag,
    fallback: 'false',
  }),
  allowedUsers: setting({
    env: 'ALLOWED_USERS',
    trait: 'Authenticator.allowed_users',
    doc: 'Names that may sign in, beside those of the userlist.',
    type: list,
  }),
  adminUsers: setting({
    env: 'JUPYTERHUB_ADMIN',
    trait: 'Authenticator.admin_users',
    doc: 'Names of administrators, beside those of the userlist.',
    type: list,
  }),
  userlistFile: setting({
    env: 'USERLIST_FILE',
    doc: 'The userlist: one name a line, `admin` after it for administrators. In force the moment it is saved.',
    type: optionalText,
  }),
  userlistGrace: setting({
    env: 'USERLIST_GRACE',
    doc: 'Seconds between the removal of a name from the userlist and the stop of the person’s servers. Access ends at once.',
    type: number(0, 2_000_000),
    fallback: '600',
  }),
} as const;
