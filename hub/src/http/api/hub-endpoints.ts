import { JUPYTERHUB_VERSION } from '../../domain/settings.ts';
import { answerEmpty, answerJson } from './answer.ts';
import type { Endpoint } from './endpoint.ts';

const version = (path: string): Endpoint => ({
  method: 'GET',
  path,
  summary: 'Version of the API: what notebooks and clients ask first',
  access: { kind: 'open' },
  answers: { 200: { description: 'The version', model: 'Version' } },
  handle: ({ ctx }) => {
    // Read by scripts of any page; there is nothing secret in it (contract §2.1).
    ctx.set({ 'Access-Control-Allow-Origin': '*' });
    answerJson(ctx, { version: JUPYTERHUB_VERSION });
  },
});

/** The hub itself: `/`, `/health`, `/info`. */
export const hubEndpoints: readonly Endpoint[] = [
  version(''),
  version('/'),
  {
    method: 'GET',
    path: '/health',
    summary: 'Whether the hub answers',
    access: { kind: 'open' },
    answers: { 200: { description: 'It does' } },
    handle: ({ ctx }) => answerEmpty(ctx, 200),
  },
  {
    method: 'GET',
    path: '/info',
    summary: 'Details of the hub',
    access: { kind: 'whole', any: ['read:hub'] },
    answers: { 200: { description: 'Versions and classes', model: 'Info' } },
    handle: ({ ctx, hub }) =>
      answerJson(ctx, {
        version: JUPYTERHUB_VERSION,
        // Named after Python in the protocol; what runs here is Node.
        python: `Node.js ${process.version}`,
        sys_executable: process.execPath,
        spawner: { class: 'berth.DockerSpawner', version: JUPYTERHUB_VERSION },
        authenticator: {
          class:
            hub.providers.length > 0 ? `berth.${hub.providers.map(({ id }) => id).join('+')}` : 'berth.local',
          version: JUPYTERHUB_VERSION,
        },
      }),
  },
];
