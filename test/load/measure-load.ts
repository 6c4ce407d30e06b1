import { patientOverlay } from '../prove/shell.ts';
import { buildStandIn } from './build-stand-in.ts';
import { classLoad, type LoadRun, type LoadSize } from './class-load.ts';
import { loadStack } from './load-stack.ts';
import { makeCertificate } from './make-certificate.ts';
import { makeRoomForNeighbours } from './room-for-neighbours.ts';

const NAME = 'berth-load';
const [PORT, HTTP_PORT, HTTPS_PORT] = [21_500, 21_501, 21_502];

/** Puts the whole appliance up, lets a class use it, and takes it away again. */
export async function measureLoad(size: LoadSize, front: boolean): Promise<LoadRun> {
  await buildStandIn();
  const url = front ? `https://127.0.0.1:${HTTPS_PORT}` : `http://127.0.0.1:${PORT}`;
  const stack = await loadStack({
    name: NAME,
    port: PORT,
    settings: {
      COMPOSE_FILE: `compose.yaml:${front ? 'compose/nginx.yaml:' : ''}patient.yaml`,
      ...(front ? { ...FRONT, PUBLIC_URL: url } : {}),
    },
    files: { 'patient.yaml': patientOverlay('10.213.90') },
  });
  const neighbours = makeRoomForNeighbours(size.people);
  try {
    if (front) await makeCertificate(stack.directory, '127.0.0.1');
    await stack.up();
    return { ...(await classLoad(stack, url, size)), neighbours: neighbours.words };
  } catch (error) {
    const log = await stack.compose('logs', '--no-color', '--tail=30').catch(() => '');
    throw new Error(`${error instanceof Error ? error.message : String(error)}\n${log.slice(-3000)}`);
  } finally {
    neighbours.putBack();
    await stack.remove();
  }
}

const FRONT = {
  HTTP_PORT: String(HTTP_PORT),
  HTTPS_PORT: String(HTTPS_PORT),
  FRONT_NET: '10.213.91',
} as const;
