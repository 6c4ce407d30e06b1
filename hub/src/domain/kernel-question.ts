import type { IdleKernel } from './ports.ts';

/** The proxy's clock ticks each second, and is another process's than the one that wrote the kernel's time. */
const CLOCKS_MS = 2_000;

/**
 * Whether a question to this kernel takes nothing from a page. Jupyter Server keeps what a kernel says for the page that
 * lost its line to it last (a laptop that was shut), until that page comes back or another WebSocket opens: then all of
 * it is thrown away (measured with 2.15). So one of three must hold: a WebSocket is open, with which nothing is kept;
 * bytes went through the proxy at or after the kernel's last word, so that it was probably heard (they may have been
 * another page's); or we asked since, and nothing is left to lose. Times in milliseconds since the epoch.
 */
export function takesNothing(kernel: IdleKernel, lastTraffic: number, askedAt: number | undefined): boolean {
  if (kernel.connections > 0) return true;
  if (askedAt !== undefined && askedAt > lastTraffic) return true;
  return (kernel.lastActivity ?? Number.POSITIVE_INFINITY) <= lastTraffic + CLOCKS_MS;
}
