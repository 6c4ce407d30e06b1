import { Problem } from '../../domain/problem.ts';

/** A stream that stands still for so long is given up. */
const IDLE_MS = 120_000;

/** @throws Problem SPAWN-150 when nothing comes for {@link IDLE_MS}. */
export async function* withIdleDeadline(stream: AsyncIterable<unknown>): AsyncGenerator<Uint8Array> {
  const source = stream[Symbol.asyncIterator]();
  try {
    for (;;) {
      const late = Promise.withResolvers<never>();
      const timer = setTimeout(
        () => late.reject(new Problem('SPAWN-150', { detail: 'nothing moved for two minutes' })),
        IDLE_MS,
      );
      try {
        const next = await Promise.race([source.next(), late.promise]);
        if (next.done) return;
        if (next.value instanceof Uint8Array) yield next.value;
      } finally {
        clearTimeout(timer);
      }
    }
  } finally {
    source.return?.()?.catch(() => {});
  }
}
