import { systemClock } from './adapters/system/clock.ts';
import { makeMachine } from './adapters/system/machine.ts';
import type { Settings } from './config/settings.ts';
import type { Containers } from './domain/containers.ts';
import type { Log } from './domain/ports.ts';
import type { Tables } from './domain/store.ts';
import { makeSampleUsage, recordReadings } from './usecases/sample-usage.ts';
import { UsageBook } from './usecases/usage-book.ts';

/** Where nothing is measured, the book stays empty; it still has to be of some size. */
const UNMEASURED_MS = 60_000;
/** A page waits for it. */
const IMAGE_MS = 2_000;

interface UsagePorts {
  readonly tables: Tables;
  readonly containers: Containers;
  readonly log: Log;
}

/** What is measured of servers and machine. The culler's readings go into the same book. */
export function composeUsage(settings: Settings, { tables, containers, log }: UsagePorts) {
  const every = settings.usageEvery * 1000 || UNMEASURED_MS;
  const book = new UsageBook(every, systemClock);
  const readUsage = recordReadings(containers, book);
  const ports = {
    tables,
    containers: { readUsage },
    machine: makeMachine(),
    gpus: settings.gpus,
    clock: systemClock,
    log,
  };
  return {
    book,
    readUsage,
    sample: makeSampleUsage(ports, book),
    hasImage: (image: string) => containers.hasImage(image, AbortSignal.timeout(IMAGE_MS)).catch(() => null),
  };
}
