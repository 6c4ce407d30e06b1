// `SOAK_MINUTES=30 SOAK_SEED=1 node test/prove/spawn-soak.ts`: servers of people in all their states, hub and proxy ended
// in between, on the real engine. Exit code 1 when engine, store and routes do not agree in the end, or anything else
// happened that must not.
import { soakSpawning } from '../soak/soak-spawning.ts';

const minutes = Number(process.env.SOAK_MINUTES ?? 30);
const seed = Number(process.env.SOAK_SEED ?? Math.floor(Math.random() * 1e6));
console.log(`${minutes} minutes, seed ${seed}`);
try {
  console.log(await soakSpawning(minutes * 60, seed));
} catch (error) {
  console.log(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
