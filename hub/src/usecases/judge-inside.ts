import { type CullVerdict, judgeFromInside, KERNEL_EXECUTES, type Witnesses } from '../domain/cull-policy.ts';
import type { CullPolicy, CullSettings } from '../domain/cull-settings.ts';
import { type Server, serverKey } from '../domain/server.ts';
import type { AskKernels } from './ask-kernels.ts';
import { askNotebook } from './ask-notebook.ts';
import type { KernelBook } from './kernel-book.ts';
import { noteActivity } from './note-activity.ts';
import { noteTraffic, type Traffic } from './note-traffic.ts';
import type { SpawnPorts } from './spawn-ports.ts';

/** What a look goes by when it has asked a server. */
export interface InsideLook {
  readonly ports: SpawnPorts;
  readonly settings: Pick<CullSettings, 'activity' | 'busyCores'>;
  readonly book: KernelBook;
  readonly askKernels: AskKernels;
  /** As the look began. */
  readonly traffic: Traffic;
}

/** A kernel that was idle all along answers within this, unless the machine is crowded. */
const PROMPT_MS = 1_000;

/**
 * What the server says, and then what its kernels do: Jupyter may call one idle that executes.
 *
 * @throws Problem SPAWN-1xx when the engine does not tell the server's token.
 */
export async function judgeInside(
  look: InsideLook,
  server: Server,
  policy: CullPolicy,
  witnesses: Witnesses,
): Promise<CullVerdict> {
  const verdict = judgeAgain(look, server, policy, witnesses);
  if (verdict.act !== 'freeze' && !(verdict.act === 'stop' && verdict.why === 'idle')) return verdict;
  const kernels = witnesses.status?.idleKernels ?? [];
  const lastTraffic = look.traffic.get(serverKey(server.user, server.name)) ?? 0;
  const askedAt = look.ports.clock.now();
  const heard = await look.askKernels(server, kernels, verdict.act, lastTraffic);
  if (heard === 'silent') return { act: 'keep', why: KERNEL_EXECUTES };
  if (verdict.act === 'freeze') look.book.of(server).sleepsAsked = heard === 'answered';
  const late = look.ports.clock.now() - askedAt > PROMPT_MS;
  return late ? judgeAnew(look, server, policy, witnesses) : judgeAgain(look, server, policy, witnesses);
}

/** The kernels took their time: meanwhile a cell may have ended, or its owner come back, and both count. */
async function judgeAnew(
  look: InsideLook,
  server: Server,
  policy: CullPolicy,
  witnesses: Witnesses,
): Promise<CullVerdict> {
  if ((await noteTraffic(look.ports)) === null) return { act: 'keep', why: 'the proxy tells of no traffic' };
  const status = await askNotebook(look.ports, server);
  if (status === null) return { act: 'keep', why: 'it did not say what it does' };
  return judgeAgain(look, server, policy, { ...witnesses, status });
}

/** With the record as it is by now: its owner may have come back, or started it anew, while it was asked. */
function judgeAgain(
  { ports, settings }: InsideLook,
  asked: Server,
  policy: CullPolicy,
  witnesses: Witnesses,
): CullVerdict {
  const { status } = witnesses;
  const server = ports.store.servers.get(serverKey(asked.user, asked.name));
  if (server?.state !== 'ready' || server.generation !== asked.generation) {
    return { act: 'keep', why: 'in use' };
  }
  const { user, name } = server;
  if (status?.lastActivity != null) noteActivity(ports, user, name, status.lastActivity);
  if (status?.lastWork != null) noteActivity(ports, user, name, status.lastWork, 'person');
  return judgeFromInside(server, witnesses, policy, settings, ports.clock.now());
}
