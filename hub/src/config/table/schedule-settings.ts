import { z } from 'zod';
import type { Schedule } from '../../domain/schedule.ts';
import { jsonOf } from '../json-of.ts';
import { readSchedules } from '../read-schedules.ts';
import { setting } from '../setting.ts';

const schedules = z
  .unknown()
  .meta({ type: ['array', 'string', 'null'], items: { type: 'object' } })
  .transform((value, context): readonly Schedule[] => {
    const read = readSchedules(jsonOf(value));
    for (const { path, message } of read.faults) {
      context.addIssue({ code: 'custom', path: [...path], message });
    }
    return read.schedules;
  });

/** Servers that start by themselves. */
export const SCHEDULE_SETTINGS = {
  schedules: setting({
    env: 'SCHEDULES',
    trait: 'schedules',
    doc: 'Servers that start before a class: a list of `{name, start, timezone, group, profile, server, stop}`, where `start` and `stop` are cron patterns; in `.env` as JSON. docs/how-to/idle-servers.md',
    type: schedules,
    reload: true,
  }),
} as const;
