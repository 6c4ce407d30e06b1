import { Histogram, type Registry } from 'prom-client';
import type { Metrics, TimedWork } from '../../domain/ports.ts';

// JupyterHub's names (contract §3); those with a status say how it ended.
const WORK: Readonly<Record<TimedWork, { readonly help: string; readonly status: boolean }>> = {
  hub_startup: { help: 'Time taken for the hub to start', status: false },
  init_spawners: { help: 'Time taken for spawners to initialize', status: false },
  check_routes: { help: 'Time taken to validate all routes in proxy', status: false },
  proxy_poll: { help: 'Duration for polling all routes from proxy', status: true },
  proxy_add: { help: 'Duration for adding user routes to proxy', status: true },
  proxy_delete: { help: 'Duration for deleting user routes from proxy', status: true },
  server_poll: { help: 'Time taken to poll if the servers are running', status: true },
};

const LOOP_MS = 100;

/** How long the hub's own work takes. */
export function timeWork(registry: Registry): Pick<Metrics, 'took' | 'timed'> {
  const histograms = new Map<TimedWork, Histogram>();
  for (const work of Object.keys(WORK) as TimedWork[]) {
    const { help, status } = WORK[work];
    const labelNames = status ? ['status'] : [];
    const name = `jupyterhub_${work}_duration_seconds`;
    histograms.set(work, new Histogram({ name, help, labelNames, registers: [registry] }));
  }
  const took: Metrics['took'] = (work, seconds, status = 'success') => {
    histograms.get(work)?.observe(WORK[work].status ? { status } : {}, seconds);
  };
  return {
    took,
    async timed(work, run) {
      const began = performance.now();
      const end = (status: 'success' | 'failure') => took(work, (performance.now() - began) / 1000, status);
      try {
        const result = await run();
        end('success');
        return result;
      } catch (error) {
        end('failure');
        throw error;
      }
    },
  };
}

/** How far apart the turns of the event loop are that should be a tenth of a second apart. */
export function watchEventLoop(registry: Registry): void {
  const intervals = new Histogram({
    name: 'jupyterhub_event_loop_interval_seconds',
    help: 'Distribution of measured event loop intervals',
    buckets: [0.1, 0.11, 0.12, 0.15, 0.2, 0.25, 0.5, 1, 2.5, 5, 10],
    registers: [registry],
  });
  let last = performance.now();
  setInterval(() => {
    const now = performance.now();
    intervals.observe((now - last) / 1000);
    last = now;
  }, LOOP_MS).unref();
}
