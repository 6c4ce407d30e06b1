import type { WakeRequest } from '../contract.ts';
import type { LiveRoute } from '../routes/route.ts';

const DEADLINE_MS = 10_000;

/** Asks the hub, at the address the route names, to wake a server. A route without one is woken by a hub that looks. */
export function wakeCaller(token: string | undefined): (route: LiveRoute) => Promise<void> {
  return async (route) => {
    if (route.wake === undefined) return;
    const body: WakeRequest = { route: route.path };
    const headers = {
      'content-type': 'application/json',
      ...(token === undefined ? {} : { authorization: `token ${token}` }),
    };
    const response = await fetch(route.wake, {
      method: 'POST',
      headers,
      body: JSON.stringify(body),
      redirect: 'error',
      signal: AbortSignal.timeout(DEADLINE_MS),
    });
    await response.body?.cancel();
    if (!response.ok) throw new Error(`${route.wake} answered ${response.status}`);
  };
}
