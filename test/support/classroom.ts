import type { Reply } from './contract-call.ts';
import { type ContractHub, openContractHub } from './contract-hub.ts';

export interface Classroom {
  readonly house: ContractHub;
  /** A token of alice, who may do what everybody may. */
  readonly alice: string;
  /** A token of mary, who administers. */
  readonly admin: string;
  /** Asks the API. */
  readonly get: (path: string, token?: string) => Promise<Reply>;
}

/** A hub with alice, bob and mary, and two named servers for each: where most tests of the API begin. */
export async function openClassroom(): Promise<Classroom> {
  const house = await openContractHub({ namedServers: 2 });
  for (const name of ['alice', 'bob']) await house.addUser(name);
  await house.addUser('mary', { admin: true });
  return {
    house,
    alice: await house.token('alice'),
    admin: await house.token('mary'),
    get: (path, token) => house.call('GET', `/hub/api${path}`, { token }),
  };
}
