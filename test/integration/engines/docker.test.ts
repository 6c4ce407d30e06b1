import { makeContainers } from '../../../hub/src/adapters/docker/containers.ts';
import { Engine } from '../../../hub/src/adapters/docker/engine.ts';
import { Dock } from '../dock.ts';
import { containersContract } from './containers-contract.ts';
import { IMAGE } from './contract-house.ts';

const silence = { info: () => {}, warn: () => {}, error: () => {} };

containersContract('Docker, one machine', async () => {
  const dock = await Dock.open();
  const strangers: string[] = [];
  const at = (socket: string) => makeContainers(new Engine(socket), dock.name, silence);
  const again = () => at('/var/run/docker.sock');
  return {
    containers: again(),
    again,
    away: () => at('/var/run/no-such-engine.sock'),
    instance: dock.name,
    network: dock.name,
    home: null,
    async foreign(name) {
      const { id } = await dock.docker.createContainer({ name, Image: IMAGE, Cmd: ['true'] });
      strangers.push(id);
      const container = dock.docker.getContainer(id);
      return async () => (await container.inspect()).Id === id;
    },
    async close() {
      for (const id of strangers) await dock.docker.getContainer(id).remove({ force: true });
      await dock.close();
    },
  };
});
