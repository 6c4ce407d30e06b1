import { flag, number, setting } from '../setting.ts';

/** When idle servers are stopped. */
export const CULL_SETTINGS = {
  cullEnabled: setting({
    env: 'CULL_ENABLED',
    trait: 'cull.enabled',
    doc: 'Whether idle servers are stopped.',
    type: flag,
    fallback: 'true',
    reload: true,
  }),
  cullTimeout: setting({
    env: 'CULL_TIMEOUT',
    trait: 'cull.timeout',
    doc: 'Seconds without activity after which a server is stopped. One whose kernel is executing is never stopped.',
    type: number(1, 31_536_000),
    fallback: '3600',
    reload: true,
  }),
  cullBusyCores: setting({
    env: 'CULL_BUSY_CORES',
    trait: 'cull.busyCores',
    doc: 'A server whose container has used more than this many cores since the last look is active, whatever it says of its kernels. Empty notebooks use less than 0.01.',
    type: number(0, 1024),
    fallback: '0.05',
    reload: true,
  }),
  cullEvery: setting({
    env: 'CULL_EVERY',
    trait: 'cull.every',
    doc: 'Seconds between two looks for idle servers. Rounded to what cron can say.',
    type: number(1, 3600),
    fallback: '60',
  }),
} as const;
