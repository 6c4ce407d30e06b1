// `npm run prove:proxy`: what the issue "The proxy" asks to be shown, with real parts. Needs the engine, the default
// notebook image (make build), nginx, Chromium. PROVE_SOAK_SECONDS shortens the soak of ten minutes.
import { benchLine } from './bench-line.ts';
import { showLines } from './lines.ts';
import { hubWithChp } from './proxy-chp.ts';
import { showCodeServer } from './proxy-code-server.ts';
import { startApache, startNginx } from './proxy-front.ts';
import { startRealHub, useHub } from './proxy-jupyterhub.ts';
import { soak } from './proxy-soak.ts';
import { suite } from './suite.ts';

const hub = await startRealHub();

/** The person's way through a front server, which is there for as long as that takes. */
async function through(start: typeof startNginx, name: string): Promise<string> {
  const front = await start(hub.url);
  try {
    return await useHub(hub.url, front.url, name);
  } finally {
    await front.close();
  }
}

try {
  await showLines('The proxy', [
    // First, while the machine is as it was found: what the other lines start leaves it busy for a while.
    benchLine('0', 'speed and memory beside configurable-http-proxy and nginx', 'proxy.ts'),
    {
      number: '1a',
      what: 'a real JupyterHub 5.2.1 starts this proxy as its own: sign-in, start, kernel, stop',
      show: () => useHub(hub.url, hub.url, 'ana'),
    },
    {
      number: '1b',
      what: 'our hub runs with configurable-http-proxy from npm as its own, in a real browser',
      show: hubWithChp,
    },
    {
      number: '2a',
      what: 'the same through nginx in front: JupyterLab, a stream of events, a kernel’s WebSocket',
      show: () => through(startNginx, 'ben'),
    },
    {
      number: '2b',
      what: 'the same through Apache in front',
      show: () => through(startApache, 'cleo'),
    },
    {
      number: '2c',
      what: 'code-server in a browser: a folder, a file, a terminal; straight, through nginx and through Apache',
      show: showCodeServer,
    },
    {
      number: '3',
      what: 'a soak: WebSockets, downloads and aborts; memory and file descriptors flat',
      show: () => soak(Number(process.env.PROVE_SOAK_SECONDS ?? 600)),
    },
    {
      number: '4',
      what: 'the behaviour notes, each rule with its test; all of the proxy’s tests',
      show: () => suite('unit', ['proxy/']),
    },
  ]);
} finally {
  await hub.close();
}
