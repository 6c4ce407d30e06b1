import { forwarderName, forwarderOf, forwarderSpec } from '../domain/port-forwarder.ts';
import { Problem } from '../domain/problem.ts';
import type { Forwarder, PortDoor, PortDoorPorts } from './port-door.ts';

/** A program of the person's may have the port that was drawn. */
const ATTEMPTS = 3;
const ANSWER_MS = 20_000;
const PAUSE_MS = 25;
/** Each so many questions without an answer the container itself is looked at. */
const LOOK_EVERY = 20;
/** Where programs are seldom: the range that the kernel and people leave alone (RFC 6335 §6). */
const FIRST_PORT = 49_152;

/**
 * Starts what leads to the programs of one notebook container, and waits until it answers.
 *
 * @throws Problem SPAWN-1xx when the engine refuses, or it does not answer in time.
 */
export async function startForwarder(ports: PortDoorPorts, door: PortDoor): Promise<Forwarder> {
  const { settings, containers } = ports;
  const image = settings.forwarderImage;
  const view = await containers.inspect(door.containerId, settings.network);
  if (image === undefined || view?.running !== true || view.address === null) {
    throw new Problem('SPAWN-199', { detail: 'there is no network to share with a forwarder to its ports' });
  }
  const { address } = view;
  let said = '';
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const port = FIRST_PORT + (Number.parseInt(ports.random.hex(2), 16) % (65_536 - FIRST_PORT));
    const key = ports.random.word(24);
    const spec = forwarderSpec({ ...settings, image }, door, { address, port, key });
    const containerId = await create(ports, door, () => ports.forwarders.start(spec));
    const target = `http://${address}:${port}`;
    if (await answers(ports, containerId, target, key)) return { containerId, target, key };
    said = (await containers.logs(containerId, 3)).join(' ');
    await containers.remove(containerId);
  }
  throw new Problem('SPAWN-199', { detail: `a forwarder to its ports does not answer: ${said}` });
}

/** One that is left from before, or from a network that is gone, gives way. */
async function create(ports: PortDoorPorts, door: PortDoor, start: () => Promise<string>): Promise<string> {
  try {
    return await start();
  } catch (error) {
    if (!(error instanceof Problem) || error.code !== 'SPAWN-141') throw error;
    const there = await ports.containers.inspect(forwarderName(door.containerId), ports.settings.network);
    if (there !== null) {
      if (forwarderOf(there, ports.settings.instance) === null) throw error;
      await ports.containers.remove(there.id);
    }
    return start();
  }
}

async function answers(
  ports: PortDoorPorts,
  containerId: string,
  target: string,
  key: string,
): Promise<boolean> {
  const late = AbortSignal.timeout(ANSWER_MS);
  for (let asked = 1; !late.aborted; asked += 1) {
    if ((await ports.portsClient.use(target, key)) !== null) return true;
    if (asked % LOOK_EVERY === 0) {
      const view = await ports.containers.inspect(containerId, ports.settings.network);
      if (view?.running !== true) return false;
    }
    await ports.clock.sleep(PAUSE_MS);
  }
  return false;
}
