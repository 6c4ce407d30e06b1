import { routeCall, type Stage } from './proxy-contenders.ts';
import { claim, median, say } from './proxy-figures.ts';

const ROUTES = 10_000;

/** The control API and the look-up at 10,000 routes, over HTTP, one call after the other. */
export async function benchRoutes(stage: Stage): Promise<void> {
  const berth = stage.contenders.find(({ name }) => name === 'berth');
  if (berth?.apiPort === undefined) return;
  const { apiPort, port } = berth;
  say(`\n${ROUTES} routes`);
  const lookUp = async (path: string): Promise<number> => {
    const times: number[] = [];
    for (let i = 0; i < 500; i += 1) {
      const start = performance.now();
      await (await fetch(`http://127.0.0.1:${port}${path}`)).arrayBuffer();
      times.push(performance.now() - start);
    }
    return median(times);
  };
  const timed = async (method: 'POST' | 'DELETE'): Promise<number> => {
    const times: number[] = [];
    for (let i = 0; i < ROUTES; i += 1) {
      const start = performance.now();
      await routeCall(apiPort, method, `/user/many${i}`, `http://127.0.0.1:${stage.upstreamPort}`);
      times.push(performance.now() - start);
    }
    return median(times);
  };
  const few = await lookUp('/user/u7/x');
  claim('ms to add a route, median', await timed('POST'), '<=', 1);
  claim('look-up with 10,000 routes, x with 200', (await lookUp('/user/many5000/x')) / few, '<=', 1.25);
  claim('ms to delete a route, median', await timed('DELETE'), '<=', 1);
}
