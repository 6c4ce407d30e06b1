import { number, setting } from '../setting.ts';

/** What is measured of running servers. */
export const USAGE_SETTINGS = {
  usageEvery: setting({
    env: 'USAGE_EVERY',
    doc: 'Seconds between two looks at what each running server uses (CPU and memory). Rounded to what cron can say. 0 measures nothing.',
    type: number(0, 3600),
    fallback: '15',
  }),
} as const;
