import { optionalText, optionalUrl, setting } from '../setting.ts';

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
} as const;
