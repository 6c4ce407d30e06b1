import {
  type CullVerdict,
  type Forecast,
  forecast,
  judgeFromInside,
  judgeFromOutside,
  KERNEL_EXECUTES,
  SILENT_LOOKS,
} from '../domain/cull-policy.ts';
import type { CullPolicy, CullSettings } from '../domain/cull-settings.ts';
import type { NotebookStatus } from '../domain/ports.ts';
import { type Server, serverKey } from '../domain/server.ts';
import { askNotebook } from './ask-notebook.ts';
import { makeCanFreeze } from './can-freeze.ts';
import { coresNow } from './cores-now.ts';
import { eachOf } from './each-of.ts';
import type { KernelBook } from './kernel-book.ts';
import { noteTraffic } from './note-traffic.ts';
import { openServers } from './open-servers.ts';
import { serverPolicy } from './server-policy.ts';
import type { SpawnPorts } from './spawn-ports.ts';

/** What the culler would do with a server now, and by what policy. */
export interface Judgement {
  readonly server: Server;
  readonly policy: CullPolicy;
  readonly forecast: Forecast;
  readonly verdict: Exclude<CullVerdict, { act: 'ask' }>;
}

/**
 * Judges every server that is ready or asleep as the next look would, asks those it would ask, and does nothing. It does
 * not ask kernels, which would take from pages, or count as their activity with older servers: what the last look
 * heard of them is in the book.
 *
 * @throws Error when the proxy does not tell of its traffic: then a look would do nothing, either.
 */
export type JudgeIdle = () => Promise<readonly Judgement[]>;

/** For one server to say what it does. */
const PATIENCE_MS = 4_000;
const AT_ONCE = 50;

export function makeJudgeIdle(ports: SpawnPorts, settings: CullSettings, book: KernelBook): JudgeIdle {
  const canFreeze = makeCanFreeze(ports);

  return async () => {
    if ((await noteTraffic(ports)) === null) throw new Error('the proxy does not tell of its traffic');
    const open = openServers(ports.store);
    const policies = open.map((server) => ({ server, policy: serverPolicy(ports, settings, server) }));
    const sleep = await canFreeze(policies.map(({ policy }) => policy));
    const cores = await coresNow(
      ports,
      open.filter(({ state }) => state === 'ready'),
    );
    const judged: Judgement[] = [];
    await eachOf(policies, AT_ONCE, async ({ server, policy: whole }) => {
      const policy = sleep ? whole : { ...whole, freezeTimeout: null };
      const busy = cores.get(serverKey(server.user, server.name)) ?? null;
      const verdict = withKernels(book, server, await judge(ports, settings, server, policy, busy));
      judged.push({ server, policy, forecast: forecast(server, policy, settings.activity), verdict });
    });
    return judged;
  };
}

async function judge(
  ports: SpawnPorts,
  settings: CullSettings,
  server: Server,
  policy: CullPolicy,
  cores: number | null,
): Promise<Judgement['verdict']> {
  const outside = judgeFromOutside(server, policy, settings, ports.clock.now());
  if (outside.act !== 'ask') return outside;
  const status = await within(ports, askNotebook(ports, server));
  const unmeasured = !ports.containers.abilities.usage;
  const witnesses = { status, silentLooks: SILENT_LOOKS, cores, unmeasured };
  const inside = judgeFromInside(server, witnesses, policy, settings, ports.clock.now());
  return inside.act === 'ask' ? { act: 'keep', why: 'in use' } : inside;
}

/** What its kernels said, or will be asked, comes after all else. Age asks nobody. */
function withKernels(book: KernelBook, server: Server, verdict: Judgement['verdict']): Judgement['verdict'] {
  if (verdict.act === 'keep' || (verdict.act === 'stop' && verdict.why === 'aged')) return verdict;
  if (server.state !== 'frozen')
    return book.isSilent(server) ? { act: 'keep', why: KERNEL_EXECUTES } : verdict;
  if (book.sleepsAsked(server)) return verdict;
  return { act: 'keep', why: 'it is woken, so that its kernels can be asked' };
}

function within(
  { clock }: SpawnPorts,
  asked: Promise<NotebookStatus | null>,
): Promise<NotebookStatus | null> {
  return Promise.race([asked.catch(() => null), clock.sleep(PATIENCE_MS).then(() => null)]);
}
