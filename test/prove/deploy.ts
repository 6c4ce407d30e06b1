// `npm run prove:deploy`: what the issue "Deployment" asks to be shown, with real parts. Lines that are not built yet
// fall short and say so. PROVE_FRONTS=nginx/jhub/ runs one front server × path only.
import { openBrowser } from '../e2e/browser.ts';
import { type Front, proveFront } from './deploy-front.ts';
import { type Line, showLines } from './lines.ts';
import { suite } from './suite.ts';

const browser = await openBrowser();
const chosen = process.env.PROVE_FRONTS;

const fronts: readonly (readonly [Front, string, boolean])[] = [
  ['nginx', '/jhub/', true],
  ['nginx', '/', false],
  ['apache', '/jhub/', true],
  ['apache', '/a/b/', false],
  ['tls', '/jhub/', false],
];
const frontLines: readonly Line[] = fronts
  .filter(([front, path]) => chosen === undefined || chosen === `${front}${path}`)
  .map(([front, path, inConfig], index) => ({
    number: `2${'abcdef'[index]}`,
    what: `${front === 'tls' ? 'our proxy’s own TLS' : front} at ${path}${inConfig ? ', told by bind_url in config.yaml' : ''}: sign-in, JupyterLab, kernel, terminal, 200 MB, sign-out`,
    show: () => proveFront(browser, front, path, inConfig),
  }));

const lines: readonly Line[] = [
  {
    number: '1',
    what: 'the four old setups load',
    show: () => suite('unit', ['hub/test/old-setups']),
  },
  ...frontLines,
  notYet('3', 'backup → an empty engine → restore'),
  notYet('4', 'upgrade under load without a failed request'),
  {
    number: '5',
    what: 'a table of configuration mistakes, each with its line before anything starts',
    show: () => suite('unit', ['hub/test/configuration-mistakes']),
  },
];
try {
  await showLines('Deployment', chosen === undefined ? lines : frontLines);
} finally {
  await browser.close();
}

function notYet(number: string, what: string): Line {
  return { number, what, show: () => Promise.reject(new Error('not built yet')) };
}
