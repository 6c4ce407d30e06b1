import { type DestinationStream, type Logger, pino } from 'pino';

/** JSON lines, in the same shape as the hub's: time, level as a word, what happened and to what. */
export function makeLog(level: string, to?: DestinationStream): Logger {
  const options = {
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }) },
  };
  return to === undefined ? pino(options) : pino(options, to);
}
