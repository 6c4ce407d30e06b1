// `npm run prove:deploy`: what the issue "Deployment" asks to be shown, with real parts. Lines that are not built yet
// fall short and say so. PROVE_FRONTS=all runs the front servers only, PROVE_FRONTS=nginx/jhub/ one of them at one path.
import { FrontHouse, type Place } from './deploy-front.ts';
import { proveRestore } from './deploy-restore.ts';
import { setupLines } from './deploy-setups.ts';
import { proveUpgrade } from './deploy-upgrade.ts';
import { type Line, showLines } from './lines.ts';
import { suite } from './suite.ts';

const chosen = process.env.PROVE_FRONTS;

const places: readonly Place[] = [
  { front: 'nginx', path: '/', inConfig: false },
  { front: 'nginx', path: '/jhub/', inConfig: true },
  { front: 'nginx', path: '/a/b/', inConfig: false },
  { front: 'apache', path: '/', inConfig: false },
  { front: 'apache', path: '/jhub/', inConfig: true },
  { front: 'apache', path: '/a/b/', inConfig: false },
  { front: 'tls', path: '/jhub/', inConfig: false },
  { front: 'tls', path: '/', inConfig: false, gate: true },
];
const opened: { house?: FrontHouse } = {};
const frontLines: readonly Line[] = places
  .map((place, index) => ({ place, number: `2${'abcdefgh'[index]}` }))
  .filter(
    ({ place }) =>
      chosen === undefined ||
      chosen === 'all' ||
      chosen === `${place.front}${place.path}` ||
      chosen === place.front,
  )
  .map(({ place, number }) => ({
    number,
    what: `${place.front === 'tls' ? 'our proxy’s own TLS' : place.front} at ${place.path}${place.gate === true ? ', with a gate before the engine' : ''}${place.inConfig ? ', told by bind_url in config.yaml' : ''}: sign-in, JupyterLab, kernel, terminal, 200 MB, sign-out`,
    show: async () => {
      opened.house ??= await FrontHouse.open();
      return await opened.house.prove(place);
    },
  }));

const lines: readonly Line[] = [
  ...setupLines(),
  ...frontLines,
  {
    number: '2i',
    what: 'certificates by ACME: issued, served, renewed, refused for another’s name',
    show: () => suite('long', ['test/integration/acme.test']),
  },
  {
    number: '2j',
    what: 'real nginx and Apache: whose word of the browser is believed; certificates replaced with connections open',
    show: () => suite('integration', ['test/integration/front-servers.test']),
  },
  {
    number: '2k',
    what: 'the gate before the engine refuses what the hub does not need',
    show: () => suite('integration', ['test/integration/engine-gate.test']),
  },
  {
    number: '2l',
    what: 'a server’s life through the gate',
    show: () =>
      suite(
        'integration',
        [
          'test/integration/spawn-life',
          'test/integration/spawn-profiles',
          'test/integration/spawn-failures',
          'test/integration/cull.test',
        ],
        {
          environment: { ENGINE_GATE: '1' },
        },
      ),
  },
  { number: '3', what: 'backup → an empty engine → restore: same users, tokens, files', show: proveRestore },
  {
    number: '4',
    what: 'upgrade from an earlier commit’s images under load; a broken one steps back',
    show: proveUpgrade,
  },
  {
    number: '5',
    what: 'a table of configuration mistakes, each with its line before anything starts',
    show: () => suite('unit', ['hub/test/configuration-mistakes']),
  },
];
try {
  await showLines('Deployment', chosen === undefined ? lines : frontLines);
} finally {
  await opened.house?.close();
}
