import { request } from 'undici';
import type { RunningHub } from '../integration/running-hub.ts';

/**
 * Presses Start and hears of it as a browser does, by the event stream: asking again and again would itself be work
 * for the machine that is measured.
 *
 * @throws Error when it fails, or is not ready within `ms`.
 */
export async function followToReady(hub: RunningHub, user: string, ms: number): Promise<void> {
  const until = AbortSignal.timeout(ms);
  const { status, json } = await hub.api('POST', `/users/${user}/server`, {});
  if (status === 201) return;
  if (status !== 202) throw new Error(`${user}: ${status} ${JSON.stringify(json)}`);
  const answer = await request(`${hub.pagesUrl}/hub/api/users/${user}/server/progress`, {
    headers: { authorization: `token ${hub.scriptToken}` },
    signal: until,
    bodyTimeout: 0,
  });
  let said = '';
  for await (const piece of answer.body) {
    said += String(piece);
    if (/"ready": ?true/.test(said)) return;
    if (/"failed": ?true/.test(said)) break;
  }
  throw new Error(`${user} is not ready: ${said.slice(-1000)}`);
}
