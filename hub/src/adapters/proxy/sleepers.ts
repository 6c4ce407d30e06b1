import { z } from 'zod';
import type { Sleepers } from '../../domain/ports.ts';
import { Problem } from '../../domain/problem.ts';
import { ask, type ControlDoor } from './control-door.ts';
import { pathOfKey } from './route-dialect.ts';

/** How long the proxy may keep a question until somebody comes, and what is added for the way. */
const WAIT_SECONDS = 25;
const MARGIN_MS = 10_000;

const waitingList = z.record(z.string(), z.unknown());

/** Asks the proxy who waits for a sleeping server. One that is configurable-http-proxy does not know the question. */
export function makeSleepers(door: ControlDoor): Sleepers {
  const patient: ControlDoor = { ...door, timeout: WAIT_SECONDS * 1000 + MARGIN_MS };
  return {
    async canSleep() {
      const { status } = await ask(door, 'GET', '/api/waiting');
      if (status === 200) return true;
      if (status === 404) return false;
      throw new Problem('SPAWN-170', { detail: `it answered ${status} to who waits` });
    },

    async awaited() {
      const { status, body } = await ask(patient, 'GET', `/api/waiting?wait=${WAIT_SECONDS}`);
      const read = status === 200 ? waitingList.safeParse(parse(body)) : null;
      if (read?.success !== true) {
        throw new Problem('SPAWN-170', { detail: `it answered ${status} to who waits` });
      }
      return Object.keys(read.data).map(pathOfKey);
    },
  };
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    // Told as an answer that is none.
    return null;
  }
}
