#!/usr/bin/env node
import { readEnvironment } from '../config/environment.ts';
import { readConfiguration } from '../config/read-configuration.ts';
import { tellFault } from '../config/source.ts';
import { askHub } from './ask-hub.ts';
import { runCommand } from './commands.ts';

const loaded = readConfiguration({ environment: readEnvironment() });
if ('faults' in loaded) {
  for (const fault of loaded.faults) console.error(tellFault(fault));
  process.exit(2);
}
const { adminSocket } = loaded.settings;
const { code, out, error } = await runCommand(
  (method, path) => askHub(adminSocket, method, path),
  process.argv.slice(2),
);
if (out !== undefined) console.log(out);
if (error !== undefined) console.error(error);
process.exitCode = code;
