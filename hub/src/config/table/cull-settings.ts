import { flag, number, setting } from '../setting.ts';

/** When idle servers are stopped. */
export const CULL_SETTINGS = {
  cullEnabled: setting({
    env: 'CULL_ENABLED',
    trait: 'cull.enabled',
    doc: 'Whether idle servers are stopped.',
    type: flag,
    fallback: 'true',
  }),
  cullTimeout: setting({
    env: 'CULL_TIMEOUT',
    trait: 'cull.timeout',
    doc: 'Seconds without activity after which a server is stopped. One whose kernel is executing is never stopped.',
    type: number(1, 31_536_000),
    fallback: '3600',
  }),
  cullEvery: setting({
    env: 'CULL_EVERY',
    trait: 'cull.every',
    doc: 'Seconds between two looks for idle servers. Rounded to what cron can say.',
    type: number(1, 3600),
    fallback: '60',
  }),
} as const;
