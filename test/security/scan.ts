// `npm run scan`: looks into every image that we built, and asks Debian which repairs are missing in it.
import { imageFaults } from './image-rules.ts';
import { ownImages } from './images.ts';
import { waitingRepairs } from './waiting-repairs.ts';

/** Exit codes: 1 a rule is broken, 3 all hold, but repairs of Debian wait for a new build. */
let [broken, waiting] = [0, 0];
for (const image of await ownImages()) {
  const faults = await imageFaults(image);
  const repairs = await waitingRepairs(image.name);
  broken += faults.length;
  waiting += repairs.length;
  console.log(`${image.name} (${image.kind}): ${faults.length} faults, ${repairs.length} repairs wait`);
  for (const fault of faults) console.log(`  FAULT  ${fault}`);
  for (const { name, has, repaired } of repairs) console.log(`  waits  ${name} ${has}: ${repaired}`);
}
if (waiting > 0) console.log('\nRepairs come in with `make build FRESH=1` on a base image of today.');
process.exitCode = broken > 0 ? 1 : waiting > 0 ? 3 : 0;
