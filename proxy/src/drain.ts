import type { Server } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { OpenExchanges } from './open-exchanges.ts';

const LOOK_MS = 25;
const LAST_BYTES_MS = 1_000;

/**
 * Stops serving without cutting answers short: no new connections, running requests end or reach the deadline, then
 * WebSockets are closed. Resolves when nothing is left open.
 */
export async function drain(
  servers: readonly Server[],
  open: OpenExchanges,
  deadlineMs: number,
  log: Logger,
): Promise<void> {
  for (const server of servers) {
    server.close();
    server.closeIdleConnections();
  }
  const deadline = performance.now() + deadlineMs;
  while (open.requests.size > 0 && performance.now() < deadline) await sleep(LOOK_MS);
  if (open.requests.size > 0)
    log.warn({ requests: open.requests.size }, 'requests were still running at the deadline');
  const webSockets = open.webSockets.size;
  for (const exchange of [...open.requests, ...open.webSockets]) exchange.close();
  log.info({ webSockets }, 'drained');
  await sleep(webSockets > 0 ? LOOK_MS : 0);
  const end = performance.now() + LAST_BYTES_MS;
  for (const server of servers) server.closeIdleConnections();
  while (open.requests.size > 0 && performance.now() < end) await sleep(LOOK_MS);
  for (const server of servers) server.closeAllConnections();
}
