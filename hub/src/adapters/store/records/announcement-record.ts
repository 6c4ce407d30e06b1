import { z } from 'zod';
import { when } from './fields.ts';

// What is said to everybody.

export const announcementRecord = z.strictObject({
  id: z.string(),
  text: z.string(),
  level: z.enum(['info', 'warning', 'urgent']),
  place: z.enum(['login', 'home', 'spawn', 'logout']).nullable(),
  created: when,
  by: z.string(),
  ends: when.nullable(),
});
