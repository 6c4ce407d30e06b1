import { z } from 'zod';

/** Milliseconds since 1970. */
export const when = z.number().int().nonnegative();
/** Of a user. */
export const name = z.string().min(1).max(64);
export const words = z.array(z.string());
