import type { Engine } from './adapters/docker/engine.ts';
import { makeForwarders } from './adapters/docker/forwarders.ts';
import { makePortsClient } from './adapters/notebook/ports-client.ts';
import type { ContainerEvent } from './domain/containers.ts';
import { makeLookAfterPorts, makeNotePortEvent } from './usecases/look-after-ports.ts';
import type { PortDoorPorts } from './usecases/port-door.ts';
import { PortDoors } from './usecases/port-doors.ts';
import { routePorts } from './usecases/route-ports.ts';

/** The ways to programs on people's ports. `routes` takes the place of the proxy's own: servers' routes bring theirs. */
export function composePorts(given: Omit<PortDoorPorts, 'forwarders' | 'portsClient'>, engine: Engine) {
  const ports = { ...given, forwarders: makeForwarders(engine), portsClient: makePortsClient() };
  const doors = new PortDoors(ports);
  const look = makeLookAfterPorts(ports, doors);
  const note = makeNotePortEvent(ports, doors, look);
  return {
    doors,
    routes: routePorts(given.routes, doors),
    /** After everything else has been looked at. */
    after:
      <T>(reconcile: () => Promise<T>) =>
      async () => {
        const report = await reconcile();
        await look();
        return report;
      },
    alsoNote: (first: (event: ContainerEvent) => Promise<void>) => async (event: ContainerEvent) => {
      // A gap is a look at everything, which looks after ports too.
      await Promise.all([first(event), event.kind === 'gap' ? undefined : note(event)]);
    },
  };
}
