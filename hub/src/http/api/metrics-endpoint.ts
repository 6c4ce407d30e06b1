import type { Endpoint } from './endpoint.ts';

/** `GET /metrics`, for Prometheus: JupyterHub's names where it has one. */
export const metricsEndpoint: Endpoint = {
  method: 'GET',
  path: '/metrics',
  summary: 'Metrics in the text format of Prometheus',
  access: { kind: 'whole', any: ['read:metrics'] },
  answers: { 200: { description: 'Metrics' } },
  handle: async ({ ctx, hub }) => {
    const { contentType, text } = await hub.metrics.read();
    ctx.status = 200;
    ctx.set({ 'Content-Type': contentType });
    ctx.body = text;
  },
};
