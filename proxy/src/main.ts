#!/usr/bin/env node
import { readFileSync, unlinkSync, writeFileSync } from 'node:fs';
import { setFlagsFromString } from 'node:v8';
import { makeLog } from './log.ts';
import { helpText, parseOptions } from './options/parse-options.ts';
import { readSettings } from './options/read-settings.ts';
import { type RunningProxy, startProxy } from './proxy.ts';
import { Refusal } from './refusal.ts';

const EXIT_USAGE = 2;

// What a request leaves behind dies young and is small. V8 would let the nursery grow to 64 MB under load; kept at its
// first size it stays in the processor's cache: a fifth less CPU a request, and 100 MB resident instead of 240.
setFlagsFromString('--semi-space-growth-factor=1');
// Little of it survives: one thread collects that in half the time that several need to share it out, and waits for
// none of them where processors are busy.
setFlagsFromString('--no-parallel-scavenge');

async function main(): Promise<void> {
  const given = parseOptions(process.argv.slice(2));
  if (given.flag('help')) return void process.stdout.write(helpText());
  if (given.flag('version')) return void process.stdout.write(`${packageVersion()}\n`);
  const settings = readSettings(given, process.env);
  const log = makeLog(settings.logLevel);
  const proxy = await startProxy(settings, log);
  if (settings.pidFile !== undefined) keepPidFile(settings.pidFile);

  let stopping = false;
  const stop = (signal: NodeJS.Signals): void => {
    // The second signal means now.
    if (stopping) process.exit(1);
    stopping = true;
    log.info({ signal }, 'stopping');
    proxy.close().then(
      () => process.exit(0),
      (error: unknown) => {
        log.error({ err: error }, 'could not stop in order');
        process.exit(1);
      },
    );
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
  process.on('SIGHUP', () => reload(proxy));
  // Every known way to fail is handled where it happens. What is not known yet ends one connection, not everyone's.
  process.on('uncaughtException', (error) => {
    proxy.context.counts.uncaught += 1;
    log.error({ err: error }, 'uncaught error: please report it');
  });
}

function reload(proxy: RunningProxy): void {
  const { log } = proxy.context;
  try {
    proxy.reloadCertificates();
    log.info('certificates read again');
  } catch (error) {
    log.error({ reason: String(error) }, 'new certificates are not usable; the old ones stay in force');
  }
}

function keepPidFile(path: string): void {
  writeFileSync(path, String(process.pid));
  process.on('exit', () => {
    try {
      unlinkSync(path);
    } catch {
      // Removed by somebody else: there is nothing left to do, and nobody to tell.
    }
  });
}

/** The version in the nearest package.json above: the same from source and from dist. */
function packageVersion(): string {
  for (const up of ['../../package.json', '../../../package.json']) {
    try {
      const found: unknown = JSON.parse(readFileSync(new URL(up, import.meta.url), 'utf8'));
      if (typeof found === 'object' && found !== null && 'version' in found) return String(found.version);
    } catch {}
  }
  return 'unknown';
}

main().catch((error: unknown) => {
  const sentence =
    error instanceof Refusal
      ? error.message
      : error instanceof Error
        ? (error.stack ?? error.message)
        : String(error);
  process.stderr.write(`berth-proxy: ${sentence}\n`);
  process.exit(error instanceof Refusal ? EXIT_USAGE : 1);
});
