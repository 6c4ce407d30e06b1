// `npm run bench:proxy [-- --rounds 15 --seconds 1 --only small,bodies]`
// Our proxy beside configurable-http-proxy (npm) and one nginx worker (Debian), one process each, all on loopback,
// in interleaved rounds of one short shot each (proxy-rounds.ts). Needs nginx, wrk and curl. Exit code 1 when a number to reach is not reached.
import { cpus, loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { benchBodies } from './proxy-bodies.ts';
import { setStage } from './proxy-contenders.ts';
import { say, verdict } from './proxy-figures.ts';
import { benchAssets, benchSmallReplies } from './proxy-http.ts';
import { benchHugeBodies } from './proxy-huge-bodies.ts';
import { benchLeftovers } from './proxy-leftovers.ts';
import { takePriority } from './proxy-priority.ts';
import { benchRoutes } from './proxy-routes.ts';
import { benchIdleSockets, benchWebSockets } from './proxy-websockets.ts';

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '15' },
    seconds: { type: 'string', default: '1' },
    sockets: { type: 'string', default: '5000' },
    only: { type: 'string', default: 'idle,bodies,huge,small,assets,websockets,routes,leftovers' },
  },
});
const rounds = Number(values.rounds);
const seconds = Number(values.seconds);
const wanted = new Set(values.only.split(','));

say(
  `Node ${process.version}, ${cpus().length} x ${cpus()[0]?.model.trim()}, load ${loadavg()[0]?.toFixed(2)} at the start; everything shares these processors.`,
);
takePriority();
const stage = await setStage();
try {
  // Idle memory first, on processes that have done little else.
  if (wanted.has('idle')) await benchIdleSockets(stage, Number(values.sockets));
  if (wanted.has('bodies')) await benchBodies(stage, Math.min(rounds, 9));
  if (wanted.has('huge')) await benchHugeBodies(stage);
  if (wanted.has('small')) await benchSmallReplies(stage, rounds, seconds);
  if (wanted.has('assets')) await benchAssets(stage, rounds, seconds);
  if (wanted.has('websockets')) await benchWebSockets(stage, rounds, seconds);
  if (wanted.has('routes')) await benchRoutes(stage);
  if (wanted.has('leftovers')) await benchLeftovers(stage);
} finally {
  stage.close();
}
say(`\nload ${loadavg()[0]?.toFixed(2)} at the end`);
process.exitCode = verdict() ? 0 : 1;
