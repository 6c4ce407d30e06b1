#!/usr/bin/env node
import { setFlagsFromString } from 'node:v8';
import { makeLog } from '../log.ts';
import { Refusal } from '../refusal.ts';
import { startPortForwarder } from './port-forwarder.ts';
import { readPortSettings } from './read-port-settings.ts';

// As in the proxy: what a request leaves behind dies young. This one lives in little memory besides.
setFlagsFromString('--semi-space-growth-factor=1');

try {
  const settings = readPortSettings(process.env);
  const log = makeLog(settings.logLevel);
  const forwarder = await startPortForwarder(settings, log);
  process.on('uncaughtException', (error) => log.error({ err: error }, 'uncaught error: please report it'));
  for (const name of ['SIGTERM', 'SIGINT'] as const) {
    process.once(name, () => {
      forwarder.close().then(
        () => process.exit(0),
        () => process.exit(1),
      );
    });
  }
} catch (error) {
  process.stderr.write(`berth-ports: ${error instanceof Refusal ? error.message : String(error)}\n`);
  process.exit(1);
}
