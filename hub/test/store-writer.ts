import { openJsonStore } from '../src/adapters/store/json-store.ts';

// A process to be killed: writes users one after another and prints each name once it is promised.
const store = await openJsonStore(process.argv[2] ?? '');
for (let i = 0; i < 100_000; i++) {
  const name = `u${i}`;
  await store.change((drafts) =>
    drafts.users.put({
      name,
      admin: false,
      groups: [],
      created: i,
      lastActivity: null,
      identities: {},
      invited: false,
    }),
  );
  console.log(name);
}
