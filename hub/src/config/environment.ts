import { readFileSync } from 'node:fs';
import { readEnvFile } from './env-file.ts';

/**
 * The only place that reads the process's environment. `BERTH_ENV_FILES` (paths with colons between, the later one wins)
 * names files like `.env` that stand behind it: on a Swarm they are secrets, because everybody who may look at a service
 * reads its environment.
 *
 * @throws NodeJS.ErrnoException when one of them cannot be read.
 */
export function readEnvironment(
  own: Readonly<Record<string, string | undefined>> = process.env,
): Readonly<Record<string, string | undefined>> {
  const paths = (own.BERTH_ENV_FILES ?? '').split(':').filter((path) => path !== '');
  const behind = paths.map((path) =>
    Object.fromEntries(readEnvFile(readFileSync(path, 'utf8'), path).values),
  );
  return Object.assign({}, ...behind, own);
}
