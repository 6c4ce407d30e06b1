import type { Renewal } from './config/live-settings.ts';
import type { Loaded } from './config/load-configuration.ts';
import type { Log } from './domain/ports.ts';
import { type Finding, fine, warn } from './domain/probe.ts';

/** The configuration of a running hub: reads the files anew and knows how that went. */
export interface LiveConfiguration {
  readonly reload: () => Promise<Renewal>;
  /** One sentence that begins with `ok`: a spoilt file makes no hub unwell, and an administrator wants to know. */
  readonly health: () => string;
  /** The same for the doctor. */
  readonly finding: () => Finding;
}

/** `read`: all files, anew. `renew`: puts what may change in force, or refuses all of it. */
export function followConfiguration(
  read: () => Loaded,
  renew: (loaded: Loaded) => Promise<Renewal>,
  log: Log,
): LiveConfiguration {
  let last: Renewal = { kind: 'taken', changed: [], waiting: [] };
  // One at a time: two looks at once could put an older one in force after a newer.
  let before: Promise<unknown> = Promise.resolve();
  const reloadNow = async (): Promise<Renewal> => {
    last = await renew(read());
    if (last.kind === 'refused') {
      log.error({ reasons: last.reasons }, 'the configuration cannot be used; the one in force stays');
    } else if (last.changed.length + last.waiting.length > 0) {
      log.info({ changed: last.changed, afterRestart: last.waiting }, 'the configuration was read anew');
    }
    return last;
  };
  return {
    reload: () => {
      const next = before.then(reloadNow);
      before = next.catch(() => {});
      return next;
    },
    health: () => {
      if (last.kind === 'refused')
        return `ok, but the files are wrong and not in force: ${last.reasons.join('; ')}`;
      return last.waiting.length === 0 ? 'ok' : `ok, but a restart is needed for ${last.waiting.join(', ')}`;
    },
    finding: () => {
      if (last.kind === 'refused')
        return warn(
          `The files are wrong and not in force: ${last.reasons.join('; ')}.`,
          'Correct the line that is named.',
        );
      if (last.waiting.length === 0) return fine('What stands in the files is in force.');
      return warn(`These take a restart: ${last.waiting.join(', ')}.`, 'Run `make up` when it suits.');
    },
  };
}
