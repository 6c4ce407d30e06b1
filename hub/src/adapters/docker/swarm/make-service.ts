import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { LABEL } from '../../../domain/container-spec.ts';
import type { ContainerSpec } from '../../../domain/containers.ts';
import { Problem } from '../../../domain/problem.ts';
import { exportLines, hideWords, SEALED_LABEL, sealWords } from './hidden-words.ts';
import type { ReadImageFacts } from './image-facts.ts';
import { mostCores } from './machines.ts';
import { refuseUnable } from './refuse-unable.ts';
import { type ServiceParts, serviceBody } from './service-body.ts';
import { removeService } from './service-life.ts';
import { serviceName } from './service-name.ts';
import { canHide, hiddenStartWords, startWords } from './start-words.ts';
import type { SwarmApi } from './swarm-api.ts';
import type { SwarmOptions } from './swarm-options.ts';

/** How long a cancelled create is waited for, so that it usually leaves nothing for later. */
const AFTERMATH_MS = 5_000;

export interface ServiceMaker {
  readonly api: SwarmApi;
  readonly options: SwarmOptions;
  readonly readImageFacts: ReadImageFacts;
  /** Second number of the engine's API. */
  readonly apiNumber: () => Promise<number>;
}

/**
 * Makes the service of a server, without a task. Tokens go into a secret where a manager's copy of the image says what
 * the image starts and that it has a shell; else into the environment, which whoever may look at services can read.
 *
 * @returns its id.
 */
export async function makeService(
  maker: ServiceMaker,
  spec: ContainerSpec,
  signal: AbortSignal,
): Promise<string> {
  signal.throwIfAborted();
  refuseUnable(spec);
  const { api, options } = maker;
  const parts = await partsOf(maker, spec, signal);
  const making = api.createService(serviceBody(spec, parts));
  try {
    return await api.engine.work(() => making, signal);
  } catch (error) {
    const report = (left: unknown) =>
      options.log.warn({ error: String(left) }, 'a cancelled service is left');
    await Promise.race([clear(maker, making, parts.secret).catch(report), sleep(AFTERMATH_MS)]);
    if (!(error instanceof Problem)) throw error;
    const names = { image: spec.image, container: spec.name };
    throw new Problem(error.code, { ...error.facts, ...names }, { cause: error });
  }
}

/** A create that was given up may still succeed a moment later. */
async function clear(
  { api, options }: ServiceMaker,
  making: Promise<string>,
  secret: ServiceParts['secret'],
): Promise<void> {
  const id = await making.catch(() => null);
  if (id !== null) await removeService(api, options.instance, id, options.stopGraceSeconds);
  if (secret !== null) await api.removeSecret(secret.id);
}

async function partsOf(
  { api, options, readImageFacts, apiNumber }: ServiceMaker,
  spec: ContainerSpec,
  signal: AbortSignal,
): Promise<ServiceParts> {
  const image = await readImageFacts(spec.image, signal);
  const cores = spec.cpus === null ? null : mostCores(await api.machines(), spec.placement?.machine);
  const common = {
    stopGraceSeconds: options.stopGraceSeconds,
    api: await apiNumber(),
    mostCores: cores,
  };
  const { open, hidden } = hideWords(spec.environment);
  if (!options.sealerLasts || Object.keys(hidden).length === 0 || !canHide(spec, image)) {
    const { environment } = spec;
    return { ...common, words: startWords(spec, image), environment, secret: null, labels: {} };
  }
  const { instance, sealer } = options;
  // At most 64 letters, and not only the server's name: one that is being removed may have its secret still.
  const name = `${serviceName(spec.name).slice(0, 54)}-${randomBytes(4).toString('hex')}`;
  const id = await api.createSecret(name, { [LABEL.hub]: instance }, exportLines(hidden), signal);
  return {
    ...common,
    words: hiddenStartWords(spec, image),
    environment: open,
    secret: { id, name },
    labels: { [SEALED_LABEL]: sealWords(sealer, hidden, instance, serviceName(spec.name)) },
  };
}
