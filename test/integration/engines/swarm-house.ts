import Dockerode from 'dockerode';
import { Engine } from '../../../hub/src/adapters/docker/engine.ts';
import { makeSwarmContainers } from '../../../hub/src/adapters/docker/swarm/swarm-containers.ts';
import { type SwarmLab, startSwarmLab } from '../../support/swarm-lab.ts';
import { type ContractHouse, IMAGE, sealer } from './contract-house.ts';

const INSTANCE = 'engines';
const silence = { info: () => {}, warn: () => {}, error: () => {} };

export interface SwarmHouse extends ContractHouse {
  readonly lab: SwarmLab;
  /** Of the manager, beside the hub's adapter. */
  readonly docker: Dockerode;
  /** As `again`, of another hub on the same Swarm. */
  other(instance: string): ReturnType<typeof makeSwarmContainers>;
  readonly containers: ReturnType<typeof makeSwarmContainers>;
}

/** Two engines of their own that form a Swarm. Nothing is in reach of them: images come with the lab, or not at all. */
export async function openSwarmHouse(word: string): Promise<SwarmHouse> {
  // Else each start would wait for a registry that nobody can reach, and then take the image that is there.
  process.env.DOCKER_SERVICE_PREFER_OFFLINE_IMAGE = '1';
  const lab = await startSwarmLab({ word, images: [IMAGE] });
  const docker = new Dockerode({ socketPath: lab.manager.socket });
  const at = (socket: string, instance = INSTANCE) =>
    makeSwarmContainers(new Engine(socket), {
      instance,
      log: silence,
      sealer,
      sealerLasts: true,
      stopGraceSeconds: 3,
    });
  const again = () => at(lab.manager.socket);
  return {
    lab,
    docker,
    containers: again(),
    again,
    away: () => at('/var/run/no-such-engine.sock'),
    other: (instance) => at(lab.manager.socket, instance),
    instance: INSTANCE,
    network: 'contract',
    home: { constraints: [], spread: [], resources: {}, machine: await lab.nodeId(lab.manager) },
    async foreign(name) {
      const words = ['--name', name, '--restart-condition', 'none', '--detach', '--no-resolve-image'];
      const id = await lab.manager.docker('service', 'create', ...words, IMAGE, 'sleep', '600');
      return async () => (await docker.getService(id).inspect()).ID === id;
    },
    close: () => lab.remove(),
  };
}
