import { readFileSync } from 'node:fs';
import { Refusal } from '../refusal.ts';

/** Of the control API; undefined where none was said. @throws Refusal */
export function readToken(env: Readonly<Record<string, string | undefined>>): string | undefined {
  if (env.CONFIGPROXY_AUTH_TOKEN !== undefined && env.CONFIGPROXY_AUTH_TOKEN !== '')
    return env.CONFIGPROXY_AUTH_TOKEN;
  const file = env.CONFIGPROXY_AUTH_TOKEN_FILE;
  if (file === undefined || file === '') return undefined;
  let token: string;
  try {
    token = readFileSync(file, 'utf8').trim();
  } catch (error) {
    throw new Refusal(
      400,
      `The token file ${file} cannot be read: ${error instanceof Error ? error.message : error}`,
    );
  }
  if (token === '') throw new Refusal(400, `The token file ${file} is empty.`);
  return token;
}
