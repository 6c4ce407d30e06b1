import type { ContainerCreateOptions } from 'dockerode';
import type { ForwarderSpec } from '../../domain/port-forwarder.ts';
import type { Forwarders } from '../../domain/ports.ts';
import { memoryLimit } from './create-body.ts';
import type { Engine } from './engine.ts';

/** Node with a few connections needs 60 MB; bodies pass through, however large. */
const FORWARDER_MEMORY = 160 * 1024 * 1024;
const FORWARDER_PIDS = 64;
/** Nobody: it owns no file and needs none. */
const FORWARDER_USER = '65534:65534';
const FORWARDER_COMMAND = ['node', '--max-old-space-size=64', 'dist/proxy/src/ports/main.js'];

/** Starts forwarders: see, inspect and remove them as any container of this hub. */
export function makeForwarders(engine: Engine): Forwarders {
  return {
    async start(spec) {
      const container = await engine.work(() => engine.docker.createContainer(forwarderBody(spec)));
      try {
        await engine.work((abortSignal) => container.start({ abortSignal }));
      } catch (error) {
        await engine.work(() => container.remove({ force: true })).catch(() => {});
        throw error;
      }
      return container.id;
    },
  };
}

/** Shares nothing with the notebook but its network: not its processes, not its files. Asserted whole in the test. */
export function forwarderBody(spec: ForwarderSpec): ContainerCreateOptions {
  return {
    name: spec.name,
    Image: spec.image,
    Entrypoint: [''],
    Cmd: [...FORWARDER_COMMAND],
    User: FORWARDER_USER,
    Env: Object.entries(spec.environment).map(([name, value]) => `${name}=${value}`),
    Labels: { ...spec.labels },
    Healthcheck: { Test: ['NONE'] },
    HostConfig: {
      NetworkMode: `container:${spec.of}`,
      AutoRemove: false,
      RestartPolicy: { Name: 'no' },
      Init: true,
      Mounts: [],
      Privileged: false,
      ReadonlyRootfs: true,
      CapDrop: ['ALL'],
      SecurityOpt: ['no-new-privileges:true'],
      PidsLimit: FORWARDER_PIDS,
      ...memoryLimit(FORWARDER_MEMORY),
      LogConfig: { Type: 'json-file', Config: { 'max-size': '1m', 'max-file': '1' } },
    },
  };
}
