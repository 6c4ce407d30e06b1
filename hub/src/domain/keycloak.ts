/**
 * The realm (`https://sso.example/realms/lab`) that an endpoint of Keycloak's belongs to, or null when the
 * address is not shaped like one. A realm's address is its issuer's, and where its description lies.
 */
export function keycloakRealm(endpoint: string | null): string | null {
  const path = /^(https?:\/\/[^?#]+\/realms\/[^/?#]+)\/protocol\/openid-connect\/[a-z]+$/.exec(
    endpoint ?? '',
  );
  return path?.[1] ?? null;
}
