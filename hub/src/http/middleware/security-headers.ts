import { JUPYTERHUB_VERSION } from '../../domain/settings.ts';
import type { HubMiddleware } from '../hub-context.ts';

const PAGE_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "frame-ancestors 'none'",
  "base-uri 'none'",
  "object-src 'none'",
];

const YEAR_SECONDS = 365 * 24 * 3600;

/**
 * Headers of every answer of the hub. `formTargets` tells origins that a form may lead on to (the provider's:
 * browsers hold a redirect after a form to `form-action` too); a provider may tell of more as it is known better. A hub
 * whose public address was told to be https is asked for by https only, for a year.
 */
export function securityHeaders(formTargets: () => readonly string[], publicOrigin = ''): HubMiddleware {
  // Of this host alone: what its subdomains are is not ours to say. Over plain HTTP browsers pass it over (RFC 6797 §8.1).
  const always = publicOrigin.startsWith('https:')
    ? { 'Strict-Transport-Security': `max-age=${YEAR_SECONDS}` }
    : {};
  return async (ctx, next) => {
    const formAction = ["form-action 'self'", ...new Set(formTargets())].join(' ');
    const policy = [...PAGE_POLICY, formAction].join('; ');
    ctx.set({
      'X-JupyterHub-Version': JUPYTERHUB_VERSION,
      'Content-Security-Policy': policy,
      'X-Content-Type-Options': 'nosniff',
      'Referrer-Policy': 'same-origin',
      'Cross-Origin-Opener-Policy': 'same-origin',
      'Cross-Origin-Resource-Policy': 'same-origin',
      ...always,
    });
    await next();
  };
}
