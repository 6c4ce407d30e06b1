import { takesNothing } from '../domain/kernel-question.ts';
import type { IdleKernel } from '../domain/ports.ts';
import type { Server } from '../domain/server.ts';
import { reachNotebook } from './ask-notebook.ts';
import { eachOf } from './each-of.ts';
import type { KernelBook } from './kernel-book.ts';
import type { SpawnPorts } from './spawn-ports.ts';

/**
 * `silent`: a kernel executes, whatever Jupyter says of it. `spared`: some were not asked, because a page would have
 * lost what they said; the others answered. `answered`: all did, or could not be asked.
 */
export type Heard = 'silent' | 'spared' | 'answered';

/**
 * Asks a server's idle kernels whether they listen. Before a stop all of them: whatever is kept for a page is about
 * to be lost with the server. Before sleep those from whom a page loses nothing.
 *
 * @param lastTraffic when bytes last went through the proxy, milliseconds since the epoch.
 * @throws Problem SPAWN-1xx when the engine does not tell the server's token.
 */
export type AskKernels = (
  server: Server,
  kernels: readonly IdleKernel[],
  aim: 'freeze' | 'stop',
  lastTraffic: number,
) => Promise<Heard>;

/** The rest is judged by what else is known: a container with more says what it likes. */
const KERNELS_MAX = 50;
const AT_ONCE = 25;

/** What asking stands on. */
export type KernelPorts = Pick<SpawnPorts, 'settings' | 'clock' | 'log'> & {
  readonly containers: Pick<SpawnPorts['containers'], 'readVariable'>;
  readonly notebook: Pick<SpawnPorts['notebook'], 'askKernel'>;
};

export function makeAskKernels(ports: KernelPorts, book: KernelBook): AskKernels {
  return async (server, kernels, aim, lastTraffic) => {
    const entry = book.of(server);
    const all = kernels.slice(0, KERNELS_MAX);
    // Who came back since has pages of their own to lose something.
    const woken = entry.wokenAt !== null && lastTraffic <= entry.wokenAt;
    const anyway = aim === 'stop' || woken;
    const chosen = all.filter((one) => anyway || takesNothing(one, lastTraffic, entry.asked.get(one.id)));
    const { silent, asked, refused } = await askEach(ports, server, chosen);
    const current = new Set(all.map(({ id }) => id));
    entry.asked = new Map([...entry.asked, ...asked].filter(([id]) => current.has(id)));
    entry.wokenAt = null;
    const where = { user: server.user, server: server.name };
    if (refused > 0)
      ports.log.info({ ...where, kernels: refused }, 'kernels that could not be asked count as idle');
    if (silent && !entry.silent)
      ports.log.info(where, 'kept: a kernel executes, although Jupyter calls it idle');
    entry.silent = silent;
    if (silent) return 'silent';
    return chosen.length < all.length ? 'spared' : 'answered';
  };
}

/** The first that is silent settles it: the others keep what they have for their pages. */
async function askEach(ports: KernelPorts, server: Server, kernels: readonly IdleKernel[]) {
  const asked = new Map<string, number>();
  let silent = false;
  let refused = 0;
  if (kernels.length === 0) return { silent, asked, refused };
  const place = await reachNotebook(ports, server);
  if (place === null) return { silent, asked, refused: kernels.length };
  await eachOf(kernels, AT_ONCE, async ({ id }) => {
    if (silent) return;
    const word = await ports.notebook.askKernel(place.target, place.path, place.token, id);
    if (word === 'refused') refused += 1;
    else asked.set(id, ports.clock.now());
    if (word === 'silent') silent = true;
  });
  return { silent, asked, refused };
}
