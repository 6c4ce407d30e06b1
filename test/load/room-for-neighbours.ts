import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const FOLDER = '/proc/sys/net/ipv4/neigh/default';
/** Softest bound first, as somebody with several hundred servers sets them. */
const ROOM = { gc_thresh1: 4096, gc_thresh2: 8192, gc_thresh3: 16_384 } as const;
/** Whoever speaks to a server and to whom it speaks: proxy, hub, gateway, each way. */
const EACH = 5;

type Bound = keyof typeof ROOM;
const BOUNDS = Object.keys(ROOM) as readonly Bound[];

/** What the kernel remembers of neighbours during a run, and how to have it as it was. */
export interface NeighbourRoom {
  readonly words: string;
  readonly putBack: () => void;
}

/**
 * The kernel keeps the neighbours of all containers in one table, of 1,024 by default: with three hundred servers packets are
 * dropped (decision 34). For so many the bounds are raised as the manual asks for, where we may; a class that fits
 * is measured with the bounds that are there.
 */
export function makeRoomForNeighbours(servers: number): NeighbourRoom {
  const before = new Map(BOUNDS.map((bound) => [bound, Number(readFileSync(join(FOLDER, bound), 'utf8'))]));
  const most = before.get('gc_thresh3') ?? 0;
  const as = (why: string): NeighbourRoom => ({ words: `${most}${why}`, putBack: () => {} });
  if (servers * EACH <= most) return as('');
  try {
    // From the hardest on: none may be above the next.
    for (const bound of BOUNDS.toReversed()) writeFileSync(join(FOLDER, bound), String(ROOM[bound]));
  } catch (error) {
    return as(`, too few for so many servers, and not ours to change (${String(error)})`);
  }
  return {
    words: `${ROOM.gc_thresh3}, raised from ${most} as the manual asks for with so many servers`,
    putBack: () => {
      for (const bound of BOUNDS) writeFileSync(join(FOLDER, bound), String(before.get(bound)));
    },
  };
}
