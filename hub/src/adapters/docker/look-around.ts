import { LABEL } from '../../domain/container-spec.ts';
import type { LookAround } from '../../domain/former-hub.ts';
import type { Engine } from './engine.ts';

/** Containers that are not this hub's, and the names of all volumes. */
export function makeLookAround(engine: Engine, instance: string): LookAround {
  return async () => {
    const listed = await engine.look((abortSignal) =>
      engine.docker.listContainers({ all: true, abortSignal }),
    );
    const { Volumes: volumes } = await engine.look((abortSignal) =>
      engine.docker.listVolumes({ abortSignal }),
    );
    return {
      containers: listed
        .filter(({ Labels: labels }) => labels[LABEL.hub] !== instance)
        .map(({ Names: names, State: state, Image: image, Mounts: mounts }) => ({
          name: (names[0] ?? '').replace(/^\//, ''),
          running: state === 'running',
          image,
          volumes: mounts.flatMap(({ Type: type, Name: name }) =>
            type === 'volume' && name !== undefined ? [name] : [],
          ),
        })),
      // The engine says null where there are none.
      volumes: new Set((volumes ?? []).map(({ Name: name }) => name)),
    };
  };
}
