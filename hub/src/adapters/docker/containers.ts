import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { LABEL } from '../../domain/container-spec.ts';
import type { ContainerSpec, Containers, ContainerView } from '../../domain/containers.ts';
import type { Log } from '../../domain/ports.ts';
import { Problem } from '../../domain/problem.ts';
import { viewOfInspect, viewOfListed } from './container-view.ts';
import { cpuLimit, createBody, memoryLimit } from './create-body.ts';
import { type Engine, orNull, statusOf } from './engine.ts';
import { followEvents } from './event-stream.ts';
import { ImagePuller } from './image-puller.ts';
import { cleanLines, secretsOf, unframe } from './log-text.ts';
import { ranOutOfMemory } from './out-of-memory.ts';
import { pause, unpause, unpauseFirst } from './pausing.ts';
import { prepareNetwork } from './prepare-network.ts';
import { readUsage } from './read-usage.ts';

const hostInfo = z.looseObject({ MemTotal: z.number().positive(), NCPU: z.number().positive() });

/**
 * The Docker Engine as the hub uses it.
 *
 * @param instance which of the engine's containers are this hub's.
 */
export function makeContainers(engine: Engine, instance: string, log: Log): Containers {
  const { docker } = engine;
  const puller = new ImagePuller(engine);
  const inspect = (idOrName: string) =>
    engine.look((abortSignal) => orNull(docker.getContainer(idOrName).inspect({ abortSignal })));

  return {
    abilities: { pause: true, limit: true, usage: true, save: true, ports: true, volumes: true },
    machines: async () => [],
    ensureImage: (image, report, signal) => puller.ensure(image, report, signal),
    refreshImage: (image, report, signal) => puller.refresh(image, report, signal),
    hasImage: (image, signal) => puller.isHere(image, signal),

    async host() {
      const { MemTotal: memory, NCPU: cpus } = hostInfo.parse(await engine.look(() => docker.info()));
      return { memory, cpus };
    },

    async findVolume(candidates) {
      for (const name of candidates) {
        const found = await engine.look((abortSignal) =>
          orNull(docker.getVolume(name).inspect({ abortSignal })),
        );
        if (found !== null) return name;
      }
      return null;
    },

    create: (spec, signal) => create(engine, spec, signal, log),

    async start(id, signal) {
      await engine.work((abortSignal) => docker.getContainer(id).start({ abortSignal }), signal);
    },

    async inspect(idOrName, network) {
      const info = await inspect(idOrName);
      return info === null ? null : viewOfInspect(info, network, await ranOutOfMemory(engine, info));
    },

    pause: (id) => pause(engine, id),
    unpause: (id) => unpause(engine, id),

    async stop(id, graceSeconds) {
      await unpauseFirst(engine, id);
      await engine.work(
        (abortSignal) => unlessDone(docker.getContainer(id).stop({ t: graceSeconds, abortSignal })),
        undefined,
        graceSeconds * 1000,
      );
    },

    async limit(id, { memory, cpus }) {
      const body = {
        ...(memory === undefined ? {} : memoryLimit(memory)),
        ...(cpus === undefined ? {} : cpuLimit(cpus)),
      };
      await engine.work((abortSignal) => docker.getContainer(id).update({ ...body, abortSignal }));
    },

    remove: (id) => remove(engine, id),

    async readVariable(id, name) {
      const info = await inspect(id);
      const entry = info?.Config.Env?.find((line) => line.startsWith(`${name}=`));
      return entry === undefined ? null : entry.slice(name.length + 1);
    },

    readUsage: (id, signal) => readUsage(engine, id, signal),

    async logs(id, lines) {
      const info = await inspect(id);
      if (info === null) return [];
      const bytes = await engine.look((abortSignal) =>
        orNull(
          docker
            .getContainer(id)
            .logs({ stdout: true, stderr: true, tail: lines, follow: false, abortSignal }),
        ),
      );
      return bytes === null ? [] : cleanLines(unframe(bytes), lines, secretsOf(info.Config.Env ?? []));
    },

    list: (network) => list(engine, instance, network),

    watch(listen, signal) {
      void followEvents(engine, instance, listen, log, signal);
    },

    check: (network) => prepareNetwork(engine, network, instance),
  };
}

/** How long a cancelled create is waited for, so that it usually leaves nothing for later. */
const AFTERMATH_MS = 5_000;

/**
 * A create that is given up may still succeed on the engine a moment later: the container is then removed
 * again, before this throws if the engine is quick, behind it if not.
 */
async function create(engine: Engine, spec: ContainerSpec, signal: AbortSignal, log: Log): Promise<string> {
  signal.throwIfAborted();
  const own =
    spec.args.length > 0 && spec.command === null ? await commandOf(engine, spec.image, signal) : [];
  const made = engine.docker.createContainer(createBody(spec, own)).then((container) => container.id);
  try {
    return await engine.work(() => made, signal);
  } catch (error) {
    const report = (left: unknown) => log.warn({ error: String(left) }, 'a cancelled container is left');
    const cleared = made.then(
      (id) => remove(engine, id).catch(report),
      () => {},
    );
    await Promise.race([cleared, sleep(AFTERMATH_MS)]);
    if (!(error instanceof Problem)) throw error;
    const names = { image: spec.image, container: spec.name };
    throw new Problem(error.code, { ...error.facts, ...names }, { cause: error });
  }
}

/** The image's own command. */
async function commandOf(engine: Engine, image: string, signal: AbortSignal): Promise<readonly string[]> {
  const { Config: config } = await engine.look(() => engine.docker.getImage(image).inspect(), signal);
  return config.Cmd ?? [];
}

/** How often a removal that somebody else began is looked at before giving up, every {@link REMOVAL_PAUSE_MS}. */
const REMOVAL_LOOKS = 100;
const REMOVAL_PAUSE_MS = 100;

async function remove(engine: Engine, id: string): Promise<void> {
  const container = engine.docker.getContainer(id);
  const answer = await engine.work((abortSignal) =>
    unlessDone(container.remove({ force: true, v: false, abortSignal })),
  );
  if (answer !== 409) return;
  for (let look = 0; look < REMOVAL_LOOKS; look += 1) {
    if ((await engine.look((abortSignal) => orNull(container.inspect({ abortSignal })))) === null) return;
    await sleep(REMOVAL_PAUSE_MS);
  }
  throw new Problem('SPAWN-199', { detail: `the engine does not finish removing ${id.slice(0, 12)}` });
}

/** Gone already, stopped already, being removed already: the status code; null when it was done just now. */
async function unlessDone(asked: Promise<unknown>): Promise<number | null> {
  try {
    await asked;
    return null;
  } catch (error) {
    const status = statusOf(error);
    if (status === 304 || status === 404 || status === 409) return status;
    throw error;
  }
}

/** Containers that are inspected at the same time. */
const LOOKS_AT_ONCE = 16;

async function list(engine: Engine, instance: string, network: string): Promise<readonly ContainerView[]> {
  const { docker } = engine;
  const listed = await engine.look((abortSignal) =>
    docker.listContainers({ all: true, filters: { label: [`${LABEL.hub}=${instance}`] }, abortSignal }),
  );
  const views = listed.map((info) => viewOfListed(info, network));
  const ended = views.filter((view) => !view.running).values();
  const closer: ContainerView[] = [];
  // After a power cut all of them have ended.
  const hand = async () => {
    for (const { id } of ended) {
      const info = await engine.look((abortSignal) =>
        orNull(docker.getContainer(id).inspect({ abortSignal })),
      );
      if (info !== null) closer.push(viewOfInspect(info, network, info.State.OOMKilled));
    }
  };
  await Promise.all(Array.from({ length: LOOKS_AT_ONCE }, hand));
  return [...views.filter((view) => view.running), ...closer];
}
