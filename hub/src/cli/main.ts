#!/usr/bin/env node
import { readEnvironment } from '../config/environment.ts';
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

/** Everything else is asked of the running hub, whose socket stands in the settings. */
async function ask(): Promise<Outcome> {
  const loaded = readConfiguration({ environment: readEnvironment() });
  if ('faults' in loaded) return { code: 2, error: loaded.faults.map(tellFault).join('\n') };
  const { adminSocket } = loaded.settings;
  return await runCommand((method, path) => askHub(adminSocket, method, path), process.argv.slice(2));
}
