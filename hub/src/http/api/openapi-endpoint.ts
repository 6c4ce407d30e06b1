import { answerJson } from './answer.ts';
import type { Endpoint } from './endpoint.ts';
import { describeApi } from './openapi.ts';

/** `GET /openapi.json`: what the API can, for whoever writes a client. */
export function openapiEndpoint(described: () => readonly Endpoint[]): Endpoint {
  return {
    method: 'GET',
    path: '/openapi.json',
    summary: 'This description',
    access: { kind: 'open' },
    answers: { 200: { description: 'OpenAPI 3.1', model: 'Description' } },
    handle: ({ ctx, hub }) => answerJson(ctx, describeApi(described(), hub.settings.baseUrl)),
  };
}
