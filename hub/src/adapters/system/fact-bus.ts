import type { Fact } from '../../domain/fact.ts';
import type { Facts, Log } from '../../domain/ports.ts';

/** Tells every fact to every listener, at once and in order. */
export function makeFactBus(log: Log): Facts {
  const listeners = new Set<(fact: Fact) => void>();
  return {
    tell(fact) {
      for (const listener of [...listeners]) {
        try {
          listener(fact);
        } catch (error) {
          log.error({ error, fact: fact.kind }, 'a listener failed');
        }
      }
    },
    listen(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
