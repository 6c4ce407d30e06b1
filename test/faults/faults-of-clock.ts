import { setTimeout as sleep } from 'node:timers/promises';
import { type Fault, WELL } from './fault.ts';
import { CULL_EVERY, type FaultsLab } from './faults-lab.ts';

const HOUR = 3_600;
const MONTH = 30 * 24 * HOUR;
/** Twice the culler's pause, and what a look takes. */
const LOOKS_MS = (2 * CULL_EVERY + 5) * 1000;

const UNTOUCHED = { 'sign-in page': WELL, 'home page': WELL, notebook: WELL } as const;
/** Whose sign-in is over by the clock: they read the sign-in page. */
const SIGNED_OUT = /^200(?: at \/hub\/(?:login|oauth_login).*)?$/;

/**
 * The time of day of hub, proxy and notebook servers is set, as a machine's is by hand or by its time server at the wrong
 * moment; people's browsers keep the true time. The culler is on, with an hour's time-out: whoever it stops has lost work.
 */
export const OF_CLOCK: readonly Fault[] = [
  jump('clock jumps ahead', 3 * HOUR, {
    what: 'hub, proxy and notebook servers read a time of day three hours ahead, and go on with it; then it is put right',
    mended: 'the administrator puts the clock right',
    expects: { doors: UNTOUCHED, newcomer: /^started$/, script: /^201$/, sockets: 'kept' },
  }),
  jump('clock jumps back', -3 * HOUR, {
    what: 'hub, proxy and notebook servers read a time of day three hours back, and go on with it; then it is put right',
    mended: 'the administrator puts the clock right',
    expects: { doors: UNTOUCHED, newcomer: /^started$/, script: /^201$/, sockets: 'kept' },
  }),
  jump('clock jumps a month ahead', MONTH, {
    what: 'the same, thirty days ahead: longer than a sign-in lasts',
    mended: 'the administrator puts the clock right; people sign in again',
    expects: {
      doors: { 'sign-in page': WELL, 'home page': SIGNED_OUT, notebook: SIGNED_OUT },
      newcomer: /^started$/,
      script: /^201$/,
      sockets: 'kept',
    },
  }),
];

function jump(name: string, seconds: number, of: Pick<Fault, 'what' | 'mended' | 'expects'>): Fault {
  return {
    ...of,
    name,
    seconds: 30,
    within: 60,
    takes: 'clock',
    inject: async (lab) => {
      const running = await serversOf(lab);
      await lab.turnClock(seconds);
      return async () => {
        try {
          await stillRun(lab, running, `with the clock ${seconds} s away`);
        } finally {
          await lab.turnClock(0);
        }
        await sleep(LOOKS_MS);
        await stillRun(lab, running, 'after the clock was put right');
      };
    },
  };
}

async function serversOf(lab: FaultsLab): Promise<readonly string[]> {
  const names = await lab.docker('ps', '--format', '{{.Names}}', '--filter', 'name=^jupyter-');
  return names.split('\n').filter((name) => name !== '');
}

/** @throws Error with the names of servers that do not. */
async function stillRun(lab: FaultsLab, before: readonly string[], when: string): Promise<void> {
  if (before.length === 0) throw new Error('no server ran: nothing could have been stopped');
  const now = new Set(await serversOf(lab));
  const gone = before.filter((name) => !now.has(name));
  if (gone.length > 0)
    throw new Error(`servers were stopped ${when}, work of theirs is lost: ${gone.join(' ')}`);
}
