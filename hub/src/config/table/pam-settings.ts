import { flag, list, number, oneOf, optionalText, reader, setting, text } from '../setting.ts';

const serviceName = reader(
  { type: 'string', pattern: '^[A-Za-z0-9][A-Za-z0-9_-]*$' },
  'should be the name of a file in /etc/pam.d',
  (value) =>
    typeof value === 'string' && /^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/.test(value.trim())
      ? value.trim()
      : undefined,
);

const noSessions = flag.transform((wanted, context): false => {
  if (wanted) {
    context.addIssue({
      code: 'custom',
      message:
        'cannot be true: a PAM session belongs to processes on the host, and servers here run in containers that are none of its children. Mounts and limits go into the container’s own settings',
    });
  }
  return false;
});

/** Signing in with the accounts of the machine or of its directory. */
export const PAM_SETTINGS = {
  pamService: setting({
    env: 'PAM_SERVICE',
    trait: 'PAMAuthenticator.service',
    doc: 'The PAM service that is asked: the name of its file. A missing file stops the start; PAM’s own `other` is never taken in its place.',
    type: serviceName,
    fallback: 'login',
  }),
  pamConfdir: setting({
    env: 'PAM_CONFDIR',
    doc: 'Folder of the service’s file when that is not `/etc/pam.d`.',
    type: optionalText,
  }),
  pamCheckAccount: setting({
    env: 'PAM_CHECK_ACCOUNT',
    trait: 'PAMAuthenticator.check_account',
    doc: 'Also ask PAM whether the account may be used now: without it, expired and locked accounts come in.',
    type: flag,
    fallback: 'true',
  }),
  pamAdminGroups: setting({
    env: 'PAM_ADMIN_GROUPS',
    trait: 'PAMAuthenticator.admin_groups',
    doc: 'Unix groups whose members are administrators, asked at each sign-in: who left the group is none any more.',
    type: list,
  }),
  pamAllowedGroups: setting({
    env: 'PAM_ALLOWED_GROUPS',
    trait: [
      'PAMAuthenticator.allowed_groups',
      'LocalAuthenticator.allowed_groups',
      'PAMAuthenticator.group_whitelist',
      'LocalAuthenticator.group_whitelist',
    ],
    doc: 'Unix groups whose members may sign in, beside the names of the lists.',
    type: list,
  }),
  pamOpenSessions: setting({
    env: 'PAM_OPEN_SESSIONS',
    trait: 'PAMAuthenticator.open_sessions',
    doc: 'Always false: a PAM session belongs to processes on the host, not in containers.',
    type: noSessions,
    fallback: 'false',
  }),
  pamEncoding: setting({
    env: 'PAM_ENCODING',
    trait: 'PAMAuthenticator.encoding',
    doc: 'How passwords are written for PAM: `utf8` or `latin1`.',
    type: oneOf('utf8', 'utf-8', 'latin1'),
    fallback: 'utf8',
  }),
  pamAtOnce: setting({
    env: 'PAM_EXECUTOR_THREADS',
    trait: 'PAMAuthenticator.executor_threads',
    doc: 'How many questions PAM is asked at the same time. Twenty more wait in line; the rest are told to come back.',
    type: number(1, 64),
    fallback: '4',
  }),
  pamNormalizeUsername: setting({
    env: 'PAM_NORMALIZE_USERNAME',
    trait: 'PAMAuthenticator.pam_normalize_username',
    doc: 'Take the name that the machine gives to the account (name to uid to name) in the place of the one typed.',
    type: flag,
    fallback: 'false',
  }),
  pamLeastUid: setting({
    env: 'PAM_MIN_UID',
    doc: 'Accounts with smaller numbers are the system’s: they never sign in. 0 lets even root in.',
    type: number(0, 4_000_000_000),
    fallback: '1000',
  }),
  pamHelper: setting({
    env: 'PAM_HELPER',
    doc: 'The program that asks PAM; it comes with `compose/pam.yaml`.',
    type: text,
    fallback: '/usr/local/lib/berth/berth-pam',
  }),
  requestOtp: setting({
    env: 'REQUEST_OTP',
    trait: ['Authenticator.request_otp', 'PAMAuthenticator.request_otp'],
    doc: 'Show a field for a one-time code under the password: it answers PAM’s second prompt.',
    type: flag,
    fallback: 'false',
  }),
  otpPrompt: setting({
    env: 'OTP_PROMPT',
    trait: ['Authenticator.otp_prompt', 'PAMAuthenticator.otp_prompt'],
    doc: 'What stands over that field.',
    type: text,
    fallback: 'OTP:',
  }),
} as const;
