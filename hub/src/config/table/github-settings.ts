import { flag, list, optionalText, optionalUrl, setting } from '../setting.ts';

const ORGANIZATION = /^[A-Za-z0-9](?:[A-Za-z0-9_-]{0,38})(?::[A-Za-z0-9._-]{1,100})?$/;

/** Signing in with GitHub. */
export const GITHUB_SETTINGS = {
  githubClientId: setting({
    env: 'GITHUB_CLIENT_ID',
    trait: 'GitHubOAuthenticator.client_id',
    doc: 'Client id of the GitHub OAuth app. Goes together with the two below.',
    type: optionalText,
  }),
  githubClientSecret: setting({
    env: 'GITHUB_CLIENT_SECRET',
    trait: 'GitHubOAuthenticator.client_secret',
    doc: 'Client secret of the GitHub OAuth app.',
    type: optionalText,
    secret: true,
  }),
  oauthCallbackUrl: setting({
    env: 'OAUTH_CALLBACK_URL',
    trait: 'OAuthenticator.oauth_callback_url',
    doc: 'Where providers send people back: `https://hub.example/hub/oauth_callback`, as registered there. One for all of them.',
    type: optionalUrl,
  }),
  githubUrl: setting({
    env: 'GITHUB_URL',
    trait: 'GitHubOAuthenticator.github_url',
    doc: 'GitHub itself, or the address of an Enterprise server.',
    type: optionalUrl,
    fallback: 'https://github.com',
  }),
  githubOrganizations: setting({
    env: 'GITHUB_ALLOWED_ORGANIZATIONS',
    trait: [
      'GitHubOAuthenticator.allowed_organizations',
      'GitHubOAuthenticator.github_organization_whitelist',
    ],
    doc: 'Organisations whose members may sign in, `org`, or the members of one team, `org:team`. GitHub is then asked for `read:org`.',
    type: list.refine(
      (words) => words.every((word) => ORGANIZATION.test(word)),
      'should be organisations of GitHub, `org` or `org:team`',
    ),
  }),
  githubTeams: setting({
    env: 'GITHUB_POPULATE_TEAMS',
    trait: 'GitHubOAuthenticator.populate_teams_in_auth_state',
    doc: 'Read the teams of people who sign in. With `MANAGE_GROUPS` they are their groups here, as `org:team`.',
    type: flag,
    fallback: 'false',
  }),
} as const;
