import { pino } from 'pino';
import type { Log } from '../../domain/ports.ts';

/** JSON lines on standard output. Fields that carry secrets are blanked by name, wherever they stand. */
export function makeLog(level: string): Log {
  const secrets = ['password', 'token', 'secret', 'cookie', 'authorization', 'client_secret', 'word'];
  const log = pino({
    level,
    base: null,
    timestamp: () => `,"time":"${new Date().toISOString()}"`,
    formatters: { level: (label) => ({ level: label }) },
    serializers: { error: pino.stdSerializers.err },
    redact: { paths: secrets.flatMap((name) => [name, `*.${name}`]), censor: '[hidden]' },
  });
  return {
    info: (what, message) => log.info(what, message),
    warn: (what, message) => log.warn(what, message),
    error: (what, message) => log.error(what, message),
  };
}
