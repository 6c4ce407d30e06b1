import { type Loaded, loadConfiguration } from './load-configuration.ts';

/** Reads every setting from the environment alone; tells all faults at once. */
export function loadSettings(environment: Readonly<Record<string, string | undefined>>): Loaded {
  return loadConfiguration({ environment });
}
