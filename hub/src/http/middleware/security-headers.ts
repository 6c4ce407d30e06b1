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

/**
 * Headers of every answer of the hub. `formTargets` tells origins that a form may lead on to (the provider's:
 * browsers hold a redirect after a form to `form-action` too); a provider may tell of more as it is known better.
 */
export function securityHeaders(formTargets: () => readonly string[]): HubMiddleware {
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
    });
    await next();
  };
}
