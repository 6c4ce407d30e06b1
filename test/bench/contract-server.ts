import { openContractHub } from '../support/contract-hub.ts';

// Our API in a process of its own, with the data that the issue names; ends when its input does.
const USERS = 5000;
const RUNNING = 500;

const house = await openContractHub();
await house.store.change((drafts) => {
  for (let n = 0; n < USERS; n += 1) {
    const name = `user${n}`;
    const at = Date.now() - n * 1000;
    drafts.users.put({
      name,
      admin: false,
      groups: [],
      created: at,
      lastActivity: at,
      identities: {},
      invited: true,
    });
  }
});
await house.addUser('mary', { admin: true });
await Promise.all(Array.from({ length: RUNNING }, (_, n) => house.runServer(`user${n}`)));
await Promise.all(Array.from({ length: USERS }, (_, n) => house.token(`user${n}`)));

const told = { url: house.url, admin: await house.token('mary'), user: await house.token('user7') };
console.log(JSON.stringify(told));
process.stdin.on('data', () => console.log(JSON.stringify({ rss: process.memoryUsage().rss })));
process.stdin.on('end', () => process.exit(0));
