import { existsSync, writeFileSync } from 'node:fs';
import { readServeWords } from '../config/command-line.ts';
import { commentedFile, describeSettings } from '../config/document-settings.ts';
import type { Outcome } from './outcome.ts';

const HELP = `berth serve: starts the hub.

  -f FILE, --config=FILE       a configuration in YAML; more than one may be given, later ones win
  --Class.trait=VALUE          any setting, by JupyterHub's name: --Spawner.mem_limit=2G
  --ip=ADDRESS --port=NUMBER   where the proxy is published
  --base-url=PATH              the path under which everything stands
  --debug                      say more in the log
  --generate-config            write config.yaml with every setting explained, and end
  --help-all                   every setting`;

/** What `berth serve` answers instead of serving, or null: --help, --help-all, --generate-config. */
export function answerInsteadOfServing(words: readonly string[]): Outcome | null {
  const { flags, files } = readServeWords(words);
  if (flags.has('help-all')) return { code: 0, out: `${HELP}\n\n${describeSettings(undefined) ?? ''}` };
  if (flags.has('help')) return { code: 0, out: HELP };
  if (!flags.has('generate-config')) return null;
  const path = files[0] ?? 'config.yaml';
  if (existsSync(path)) return { code: 1, error: `${path} is there already, and is left as it is.` };
  writeFileSync(path, commentedFile(), { mode: 0o600, flag: 'wx' });
  return { code: 0, out: `Written: ${path}` };
}
