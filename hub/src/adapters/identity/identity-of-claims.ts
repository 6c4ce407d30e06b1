import type { Identity } from '../../domain/identity.ts';
import { Problem } from '../../domain/problem.ts';
import { GENERIC_OAUTH, type GenericOAuthSettings } from './generic-oauth-settings.ts';

export type Claims = Readonly<Record<string, unknown>>;

/** More than anybody is in; what a confused provider sends beyond is not looked at. */
const GROUPS_MAX = 1000;

/**
 * Who it is, from what the provider says.
 *
 * @param issuer null for plain OAuth 2; then `sub` or `id` of userdata is the id, if there is one, else the name.
 * @throws Problem AUTH-020 when there is no usable name, or an e-mail address that nobody has verified:
 *   at many providers people type any address they like.
 */
export function identityOfClaims(
  claims: Claims,
  issuer: string | null,
  settings: GenericOAuthSettings,
): Pick<Identity, 'provider' | 'id' | 'login' | 'groups' | 'admin' | 'admitted'> {
  const { allowedGroups, adminGroups, manageGroups } = settings;
  const groups = groupsOf(claims, settings.groupsClaim);
  const inAny = (names: readonly string[]): boolean => names.some((name) => groups.includes(name));
  const admin = adminGroups.length === 0 ? null : inAny(adminGroups);
  const login = loginOf(claims, issuer, settings);
  const id = issuer === null ? idOf(claims, login) : subjectOf(claims, issuer, settings);
  return {
    provider: GENERIC_OAUTH,
    id,
    login,
    groups: manageGroups ? groups : null,
    admin,
    admitted: allowedGroups.length === 0 && admin === null ? null : inAny(allowedGroups) || admin === true,
  };
}

/** Of one issuer, an id is for ever one person's. A blank is in no issuer. */
export function boundId(issuer: string, subject: string): string {
  return `${issuer} ${subject}`;
}

function subjectOf(claims: Claims, issuer: string, { label }: GenericOAuthSettings): string {
  const subject = wordOf(claims.sub);
  if (subject !== null) return boundId(issuer, subject);
  throw new Problem('AUTH-020', { provider: label, claim: 'sub', detail: 'it is missing or no text' });
}

/** A provider of plain OAuth 2 may know people by name only; then the account is the name's, and no other door's. */
function idOf(claims: Claims, login: string): string {
  return wordOf(claims.sub) ?? wordOf(claims.id) ?? `name ${login}`;
}

function loginOf(claims: Claims, issuer: string | null, settings: GenericOAuthSettings): string {
  const claim = settings.usernameClaim ?? (issuer === null ? 'username' : 'preferred_username');
  const refused = (detail: string): Problem =>
    new Problem('AUTH-020', { provider: settings.label, claim, detail });
  const login = wordOf(at(claims, claim));
  if (login === null) throw refused('it is missing or no text');
  // Some write truth values as words.
  const verified = claims.email_verified === true || claims.email_verified === 'true';
  if (claim === 'email' && !verified) throw refused('email_verified is not true');
  return login;
}

/** Missing groups are none: whoever is in no group is not let in by one. */
function groupsOf(claims: Claims, path: string): readonly string[] {
  // Where OAuthenticator keeps the same claims.
  const found = at(claims, path.replace(/^oauth_user\./, ''));
  const names = Array.isArray(found) ? found : [found];
  const words = names.slice(0, GROUPS_MAX).filter((name) => typeof name === 'string' && name !== '');
  return [...new Set(words)];
}

/** A claim by its whole name first (`https://lab.example/groups` has dots), then as a path into mappings. */
function at(claims: Claims, path: string): unknown {
  if (Object.hasOwn(claims, path)) return claims[path];
  let found: unknown = claims;
  for (const step of path.split('.')) {
    if (typeof found !== 'object' || found === null || !Object.hasOwn(found, step)) return undefined;
    found = Reflect.get(found, step);
  }
  return found;
}

function wordOf(value: unknown): string | null {
  if (typeof value === 'number' && Number.isSafeInteger(value)) return String(value);
  return typeof value === 'string' && value.trim() !== '' && value.length <= 255 ? value : null;
}
