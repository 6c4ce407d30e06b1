import type { Hub } from '../hub.ts';
import type { HubMiddleware } from '../hub-context.ts';

/** Notes how long each call took, under the route's pattern. */
export function measure(hub: Hub, handler: string): HubMiddleware {
  return async (ctx, next) => {
    const began = performance.now();
    try {
      await next();
    } finally {
      const seconds = (performance.now() - began) / 1000;
      hub.metrics.request({ method: ctx.method, handler, code: ctx.status, seconds });
    }
  };
}
