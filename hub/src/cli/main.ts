#!/usr/bin/env node
import { readEnvironment } from '../config/environment.ts';
import { loadConfiguration } from '../config/load-configuration.ts';
import { readConfiguration } from '../config/read-configuration.ts';
import { tellFault } from '../config/source.ts';
import { askHub } from './ask-hub.ts';
import { runCommand } from './commands.ts';
import { runConfigCommand } from './config-commands.ts';
import type { Outcome } from './outcome.ts';
import { pipeHub } from './pipe-hub.ts';
import { tellHub } from './tell-hub.ts';

const [verb, ...words] = process.argv.slice(2);
const isOffline = verb === 'config' && words[0] !== 'reload';
const { code, out, error } = isOffline ? await withoutHub() : await ask();
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
  if (process.argv[2] === 'snapshot') return await snapshot(adminSocket);
  if (verb === 'import') {
    const { importHub } = await import('./import-hub.ts');
    return await importHub((path, body) => tellHub(adminSocket, path, body), words, Date.now());
  }
  return await runCommand(
    (method, path, deadline) => askHub(adminSocket, method, path, deadline),
    process.argv.slice(2),
  );
}

/** What needs the files only. Parsers of former configurations are loaded for that one word: health is asked every ten seconds. */
async function withoutHub(): Promise<Outcome> {
  if (words[0] !== 'import') return runConfigCommand(words, readEnvironment());
  const { importConfiguration } = await import('./import-configuration.ts');
  const rest = words.slice(1).filter((word) => word !== '--json');
  return importConfiguration(rest, words.includes('--json'));
}

/** The store, to stdout: for the script of `berth backup`. */
async function snapshot(adminSocket: string): Promise<Outcome> {
  try {
    await pipeHub(adminSocket, '/snapshot', process.stdout);
    return { code: 0 };
  } catch (error) {
    return {
      code: 4,
      error: `The store was not given: ${error instanceof Error ? error.message : String(error)}`,
    };
  }
}
