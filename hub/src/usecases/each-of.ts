/** Does `work` to each thing, so many at once, in order. The first failure ends it: work that may fail reports by itself. */
export async function eachOf<T>(
  things: readonly T[],
  atOnce: number,
  work: (thing: T) => Promise<void>,
): Promise<void> {
  const line = things.values();
  const hand = async () => {
    for (const thing of line) await work(thing);
  };
  await Promise.all(Array.from({ length: atOnce }, hand));
}
