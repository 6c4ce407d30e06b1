import { z } from 'zod';
import type { Containers } from '../../../domain/containers.ts';
import type { ImageSpread } from '../../../domain/image-spread.ts';
import { type Engine, orNull } from '../engine.ts';
import { clearLeftovers } from './clear-leftovers.ts';
import { makeReadImageFacts } from './image-facts.ts';
import { roomOf } from './machines.ts';
import { makeService } from './make-service.ts';
import { makePrePull } from './pre-pull.ts';
import { prepareOverlay } from './prepare-overlay.ts';
import { inspectService, readLog, readVariable } from './read-service.ts';
import { unable } from './refuse-unable.ts';
import { removeService, startService, stopService } from './service-life.ts';
import { SwarmApi } from './swarm-api.ts';
import type { SwarmOptions } from './swarm-options.ts';
import { lookAround } from './swarm-sight.ts';
import { watchSwarm } from './watch-swarm.ts';

/**
 * A Swarm as the hub uses it: each server is a service of one task, and its id is the service's. `engine` is that of a
 * manager. Images are on the machines and not here, so nothing is downloaded before a start: a machine that is given a
 * server looks for the image itself, and what comes of that is in `waiting` and `refused` of the server's view.
 */
export function makeSwarmContainers(engine: Engine, options: SwarmOptions): Containers & ImageSpread {
  const { instance, log, stopGraceSeconds } = options;
  const api = new SwarmApi(engine);
  const maker = {
    api,
    options,
    readImageFacts: makeReadImageFacts(engine, instance, log),
    apiNumber: rememberApiNumber(engine),
  };
  return {
    // What only the machine of a server can do is not done, also when that machine is the manager's own: nobody could
    // say of a server beforehand whether it can.
    abilities: { pause: false, limit: false, usage: false, save: false, ports: false, volumes: false },
    machines: () => api.machines(),

    ensureImage: async (_image, _report, signal) => signal.throwIfAborted(),
    refreshImage: async (_image, _report, signal) => signal.throwIfAborted(),
    hasImage: async () => true,
    prePull: makePrePull(api, instance),

    host: async () => roomOf(await api.machines()),

    /** On the manager's own machine; volumes of others are not to be seen from here. */
    async findVolume(candidates) {
      for (const name of candidates) {
        const found = await engine.look(() => orNull(engine.docker.getVolume(name).inspect()));
        if (found !== null) return name;
      }
      return null;
    },

    create: (spec, signal) => makeService(maker, spec, signal),
    start: (id, signal) => startService(api, instance, id, signal),
    inspect: (idOrName, network) => inspectService(api, idOrName, network),
    stop: (id, graceSeconds) => stopService(api, instance, id, graceSeconds),
    remove: (id) => removeService(api, instance, id, stopGraceSeconds),
    readVariable: (id, name) => readVariable(api, options, id, name),
    logs: (id, lines) => readLog(api, options, id, lines),
    list: async (network) => [...(await lookAround(api, instance, network)).views.values()],

    limit: () => Promise.reject(unable('change of limits while it runs')),
    pause: () => Promise.reject(unable('freezing')),
    unpause: async () => {},
    readUsage: async () => null,

    watch(listen, signal) {
      const onGap = () =>
        void clearLeftovers(api, instance, Date.now()).catch((error: unknown) =>
          log.warn({ error: String(error) }, 'secrets or jobs without a use are left'),
        );
      void watchSwarm({ api, instance, listen, log, signal, onGap });
    },

    check: (network) => prepareOverlay(engine, network, instance),
  };
}

const versionShape = z.looseObject({ ApiVersion: z.string().regex(/^1\.\d+$/) });

/** Managers are brought up to date while the hub runs on, so it is asked now and then. */
const REMEMBER_MS = 10 * 60_000;

function rememberApiNumber(engine: Engine): () => Promise<number> {
  let known = 0;
  let asked = Number.NEGATIVE_INFINITY;
  return async () => {
    if (performance.now() - asked < REMEMBER_MS) return known;
    const { ApiVersion: told } = versionShape.parse(await engine.look(() => engine.docker.version()));
    known = Number(told.slice(2));
    asked = performance.now();
    return known;
  };
}
