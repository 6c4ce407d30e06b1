import { type Finding, fine, warn } from './probe.ts';

/** Entries that a running server costs: proxy and hub know it, it knows both, and its gateway. docs/decisions/0034-neighbours.md */
const EACH = 5;
/** Enough for 3,276 servers; an entry takes a few hundred bytes, and only when it is used. */
const BOUND_LEAST = 16_384;
const FILE = '/etc/sysctl.d/60-berth.conf';

/**
 * Whether the kernel's table of neighbours holds all servers that may run at once. One table serves the containers of all
 * networks of a machine; where it is full, packets to whoever was quiet for a minute are dropped.
 *
 * @param bound `gc_thresh3` of the machine, in entries; null: nobody has told it.
 */
export function neighbourFinding(bound: number | null, servers: number): Finding {
  if (bound === null)
    return fine(
      'Not known: only the machine itself can read it, and make up tells it where there is such a bound.',
    );
  const enough = Math.floor(bound / EACH);
  const known = `The kernel remembers ${bound} neighbours: enough for ${enough} servers at once`;
  if (servers <= enough) return fine(`${known}, and ${servers} may run.`);
  return warn(
    `${known}, and ${servers} may run. With more, packets are dropped: single servers answer 503 or 504 for seconds.`,
    `On the machine: ${raising(servers)} && sudo sysctl --system; then make up.${enough < 1 ? '' : ` Or set ACTIVE_SERVER_LIMIT to ${enough} or less.`}`,
  );
}

/** The command that writes the three bounds, each half of the next, into a file of their own. */
function raising(servers: number): string {
  const most = Math.max(BOUND_LEAST, 2 ** Math.ceil(Math.log2(servers * EACH)));
  const lines = [most / 4, most / 2, most].map(
    (entries, index) => `net.ipv4.neigh.default.gc_thresh${index + 1}=${entries}`,
  );
  return `printf '%s\\n' ${lines.join(' ')} | sudo tee ${FILE}`;
}
