import { HubClient } from '../prove/hub-client.ts';
import type { Ledger } from './ledger.ts';
import { ownAgent } from './own-agent.ts';

/** Looks at so many people's files at the same time. */
const HANDS = 4;
const ANSWER_MS = 60_000;

/**
 * Compares what was acknowledged with what is there now, as an administrator's script: files (servers that do not run are
 * started for it), accounts and tokens. Answers what is lost, in words.
 */
export async function lost(ledger: Ledger, url: string, token: string): Promise<readonly string[]> {
  const agent = ownAgent(ANSWER_MS);
  try {
    return await complaintsOf(ledger, (word) => new HubClient(url, word, agent), token);
  } finally {
    await agent.close();
  }
}

async function complaintsOf(
  ledger: Ledger,
  clientOf: (token: string) => HubClient,
  token: string,
): Promise<readonly string[]> {
  const client = clientOf(token);
  const complaints: string[] = [];
  for (const name of ledger.accounts) {
    const { status } = await client.ask('GET', `/hub/api/users/${name}`);
    if (status !== 200) complaints.push(`the account ${name}: ${status}`);
  }
  for (const [index, one] of ledger.tokens.entries()) {
    const { status } = await clientOf(one).ask('GET', '/hub/api/user');
    if (status !== 200) complaints.push(`token ${index + 1} of ${ledger.tokens.length}: ${status}`);
  }
  const left = ledger.savers.values();
  const hand = async () => {
    for (const user of left) {
      const complaint = await complaintOf(ledger, client, user);
      if (complaint !== null) complaints.push(complaint);
    }
  };
  await Promise.all(Array.from({ length: HANDS }, hand));
  return complaints;
}

async function complaintOf(ledger: Ledger, client: HubClient, user: string): Promise<string | null> {
  try {
    await client.startServer(user);
    const before = ledger.acknowledgedOf(user);
    const text = await client.getFile(user, 'work.txt');
    return ledger.complaint(user, /^\d+\n/.test(text) ? Number.parseInt(text, 10) : null, before);
  } catch (error) {
    return `${user}'s file cannot be read: ${error instanceof Error ? error.message : String(error)}`;
  }
}
