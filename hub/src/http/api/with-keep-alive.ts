/**
 * The same words, with `filler` in between whenever nothing came for `everyMs`. Ends with its source, and
 * ends its source when nobody reads any more.
 */
export async function* withKeepAlive(
  source: AsyncGenerator<string>,
  filler: string,
  everyMs: number,
): AsyncGenerator<string> {
  let pending = source.next();
  try {
    for (;;) {
      const next = await quietFor(pending, everyMs);
      if (next === null) {
        yield filler;
        continue;
      }
      if (next.done) return;
      yield next.value;
      pending = source.next();
    }
  } finally {
    // Not awaited: a source that waits for its next word cannot be hurried; its signal ends it.
    pending.catch(() => {});
    source.return(undefined).catch(() => {});
  }
}

/** What comes within the time, or null. */
async function quietFor<T>(coming: Promise<T>, ms: number): Promise<T | null> {
  const quiet = Promise.withResolvers<null>();
  const timer = setTimeout(() => quiet.resolve(null), ms);
  try {
    return await Promise.race([coming, quiet.promise]);
  } finally {
    clearTimeout(timer);
  }
}
