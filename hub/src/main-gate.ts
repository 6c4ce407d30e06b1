#!/usr/bin/env node
import { chmod, rm } from 'node:fs/promises';
import type { Server } from 'node:http';
import { engineGate } from './adapters/docker/gate/engine-gate.ts';
import { type GateMenu, gatePolicy } from './adapters/docker/gate/policy.ts';
import { systemClock } from './adapters/system/clock.ts';
import { followPlaces } from './adapters/system/follow-places.ts';
import { makeLog } from './adapters/system/log.ts';
import { readEnvironment } from './config/environment.ts';
import { readConfiguration, watchedPlaces } from './config/read-configuration.ts';
import type { Settings } from './config/settings.ts';
import { tellFault } from './config/source.ts';
import { spawnMenu } from './config/spawn-menu.ts';

// The process between hub and engine (compose/socket-gate.yaml). It reads the same configuration as the hub and lets
// pass what that configuration needs. The hub cannot change the configuration: it has it for reading only.

const outside = { environment: readEnvironment(), words: process.argv.slice(2) };
const loaded = readConfiguration(outside);
if ('faults' in loaded) {
  for (const fault of loaded.faults) console.error(tellFault(fault));
  process.exit(2);
}
const { settings } = loaded;
const log = makeLog(settings.logLevel);
const ending = new AbortController();
let policy = gatePolicy(menuOf(settings));

const server = engineGate(settings.dockerSocket, () => policy, log);
try {
  await openSocket(server, settings.gateSocket);
  log.info({ socket: settings.gateSocket, engine: settings.dockerSocket }, 'the gate is open');
} catch (error) {
  log.error({ error, socket: settings.gateSocket }, 'the gate could not open');
  process.exit(1);
}

followPlaces({
  places: watchedPlaces(outside),
  clock: systemClock,
  log,
  signal: ending.signal,
  changed: () => {
    const renewed = readConfiguration(outside);
    if ('faults' in renewed) {
      log.error(
        { reasons: renewed.faults.map(tellFault) },
        'the configuration cannot be used; what was allowed stays',
      );
      return;
    }
    policy = gatePolicy(menuOf(renewed.settings));
    log.info({}, 'the configuration was read anew');
  },
});

for (const name of ['SIGTERM', 'SIGINT'] as const) {
  process.on(name, () => {
    ending.abort();
    log.info({ signal: name }, 'the gate closes');
    // Streams of the hub have no end of their own; it connects again.
    server.closeAllConnections();
    server.close(() => process.exit(0));
  });
}

function menuOf(now: Settings): GateMenu {
  return { ...spawnMenu(now), gpus: now.gpus.map(({ id }) => id), sharedGid: now.sharedGid };
}

/** Whoever may open it is the hub: the same user, on a volume that only the two have. */
async function openSocket(listener: Server, path: string): Promise<void> {
  await rm(path, { force: true });
  await new Promise<void>((resolve, reject) => {
    listener.once('error', reject);
    listener.listen({ path }, resolve);
  });
  await chmod(path, 0o600);
}
