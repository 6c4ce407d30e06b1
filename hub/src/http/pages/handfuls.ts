/**
 * What comes from `source`, in order, in handfuls: what is there already at once, then at most one each pause. Ends with
 * its source, and with its error. Whoever stops reading must end the source by its own signal.
 */
export async function* handfuls<T>(
  source: AsyncIterable<T>,
  pause: () => Promise<void>,
): AsyncGenerator<readonly T[]> {
  let fresh: T[] = [];
  let over = false;
  let ring = () => {};
  const read = async () => {
    try {
      for await (const item of source) {
        fresh.push(item);
        ring();
      }
    } finally {
      over = true;
      ring();
    }
  };
  const reading = read();
  // Looked at below; a reader that left early must not make it an unhandled one.
  reading.catch(() => {});
  while (!over || fresh.length > 0) {
    if (fresh.length === 0) {
      await new Promise<void>((resolve) => {
        ring = resolve;
      });
      // What is there already comes in the same turn: it belongs into the same handful.
      await new Promise((resolve) => setImmediate(resolve));
      continue;
    }
    const handful = fresh;
    fresh = [];
    yield handful;
    if (!over) await pause();
  }
  await reading;
}
