// `npm run soak:hour`, or `node test/load/soak.ts --minutes 10 --people 8`: people come, start, work, stop and leave, again
// and again, on the whole appliance. Exit code 1 when memory, descriptors, the event loop's resources or the store of hub
// and proxy climb, or something that was acknowledged is lost.
import { parseArgs } from 'node:util';
import { soakAppliance } from './soak-appliance.ts';

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '60' },
    people: { type: 'string', default: '8' },
    seed: { type: 'string', default: '1' },
  },
});
try {
  console.log(await soakAppliance(Number(values.minutes), Number(values.people), Number(values.seed)));
} catch (error) {
  console.log(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
