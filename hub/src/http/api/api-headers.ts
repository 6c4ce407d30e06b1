import { JUPYTERHUB_VERSION } from '../../domain/settings.ts';

/** Headers of every answer of the API (contract §3): nothing of it is a page. */
export function apiHeaders(baseUrl: string): Readonly<Record<string, string>> {
  const report = `${baseUrl}hub/security/csp-report`;
  return {
    'X-JupyterHub-Version': JUPYTERHUB_VERSION,
    'Content-Security-Policy': `frame-ancestors 'none'; report-uri ${report}; default-src 'none'`,
    'Access-Control-Allow-Headers': 'accept, content-type, authorization',
    'X-Content-Type-Options': 'nosniff',
    'Cross-Origin-Resource-Policy': 'same-origin',
    'Cache-Control': 'no-store',
  };
}
