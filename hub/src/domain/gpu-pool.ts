/** A GPU of the machine, and how many servers may use it at once. */
export interface Gpu {
  /** As the engine knows it: `GPU-3a23…`, `MIG-…`, `0`; or a device file, `/dev/dri/renderD128`. */
  readonly id: string;
  readonly shares: number;
}

/** How many different GPUs have a share left. `leased`: the id of each lease; one that is not in the pool any more counts for none. */
export function freeGpus(pool: readonly Gpu[], leased: readonly string[]): readonly Gpu[] {
  return pool.filter(({ id, shares }) => usesOf(leased, id) < shares);
}

/**
 * Chooses GPUs for a new lease: those with the fewest users first, never one twice.
 *
 * @returns as many ids as wanted, or null when there are too few with a share left.
 */
export function leaseGpus(
  pool: readonly Gpu[],
  leased: readonly string[],
  wanted: number,
): readonly string[] | null {
  const free = freeGpus(pool, leased);
  if (free.length < wanted) return null;
  return [...free]
    .sort((one, other) => usesOf(leased, one.id) - usesOf(leased, other.id))
    .slice(0, wanted)
    .map(({ id }) => id);
}

function usesOf(leased: readonly string[], id: string): number {
  return leased.filter((one) => one === id).length;
}
