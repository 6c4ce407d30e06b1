#!/usr/bin/env node
import { readEnvironment } from '../config/environment.ts';
import { loadConfiguration } from '../config/load-configuration.ts';
import { readConfiguration } from '../config/read-configuration.ts';
import { tellFault } from '../config/source.ts';
import { askHub } from './ask-hub.ts';
import { runCommand } from './commands.ts';
import { runConfigCommand } from './config-commands.ts';
import type { Outcome } from './outcome.ts';

const [verb, ...words] = process.argv.slice(2);
const { code, out, error } = verb === 'config' ? runConfigCommand(words, readEnvironment()) : await ask();
if (out !== undefined) console.log(out);
if (error !== undefined) console.error(error);
process.exitCode = code;

/**
 * Everything else is asked of the running hub, whose socket stands in the settings. A file that was spoilt while the
 * hub runs must not keep anybody from asking it, the health check least of all: then the environment tells.
 */
async function ask(): Promise<Outcome> {
  const environment = readEnvironment();
  const whole = readConfiguration({ environment });
  const loaded = 'faults' in whole ? loadConfiguration({ environment }) : whole;
  if ('faults' in loaded) return { code: 2, error: loaded.faults.map(tellFault).join('\n') };
  const { adminSocket } = loaded.settings;
  return await runCommand((method, path) => askHub(adminSocket, method, path), process.argv.slice(2));
}
