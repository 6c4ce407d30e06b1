// `npm run bench:proxy [-- --rounds 5 --seconds 2 --only small,assets,bodies,websockets,idle,routes]`
// Our proxy beside configurable-http-proxy (npm) and one nginx worker (Debian), one process each, all on loopback,
// in interleaved rounds. Needs nginx, wrk and curl. Exit code 1 when a number to reach is not reached.
import { cpus, loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { benchBodies } from './proxy-bodies.ts';
import { setStage } from './proxy-contenders.ts';
import { say, verdict } from './proxy-figures.ts';
import { benchAssets, benchSmallReplies } from './proxy-http.ts';
import { benchRoutes } from './proxy-routes.ts';
import { benchIdleSockets, benchWebSockets } from './proxy-websockets.ts';

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '7' },
    seconds: { type: 'string', default: '2' },
    sockets: { type: 'string', default: '5000' },
    only: { type: 'string', default: 'small,assets,bodies,websockets,idle,routes' },
  },
});
const rounds = Number(values.rounds);
const seconds = Number(values.seconds);
const wanted = new Set(values.only.split(','));

say(
  `Node ${process.version}, ${cpus().length} x ${cpus()[0]?.model.trim()}, load ${loadavg()[0]?.toFixed(2)} at the start; everything shares these processors.`,
);
const stage = await setStage();
try {
  // Idle memory first, on processes that have done little else.
  if (wanted.has('idle')) await benchIdleSockets(stage, Number(values.sockets));
  if (wanted.has('bodies')) await benchBodies(stage, rounds);
  if (wanted.has('small')) await benchSmallReplies(stage, rounds, seconds);
  if (wanted.has('assets')) await benchAssets(stage, rounds, seconds);
  if (wanted.has('websockets')) await benchWebSockets(stage, rounds, seconds);
  if (wanted.has('routes')) await benchRoutes(stage);
} finally {
  stage.close();
}
say(`\nload ${loadavg()[0]?.toFixed(2)} at the end`);
process.exitCode = verdict() ? 0 : 1;
