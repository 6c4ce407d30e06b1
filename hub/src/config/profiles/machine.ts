import { constraintOf } from '../../domain/placement.ts';
import type { Override } from '../../domain/profile.ts';
import type { Path, Reading } from './reading.ts';

const OF_CLUSTER = 'is for many machines and has no effect on one';

/** `{disk: ssd}`: labels that a machine must have. On one machine there is nothing to select from. */
export function readNodeSelector(value: unknown, path: Path, reading: Reading): Override | undefined {
  const given = reading.mapping(value, path);
  if (given === undefined) return undefined;
  const nodeSelector: Record<string, string | null> = {};
  for (const [label, one] of Object.entries(given)) {
    const at = `${path}.${label}`;
    const wanted = one === null ? null : reading.text(typeof one === 'boolean' ? String(one) : one, at);
    if (wanted === undefined) continue;
    if (wanted !== null && constraintOf(label, wanted) === null) {
      reading.clusterFaults.push(`${at} cannot be a constraint of Swarm: use letters, digits, - _ and .`);
    }
    nodeSelector[label] = wanted;
  }
  reading.ofCluster.push(`${path} ${OF_CLUSTER}`);
  return { nodeSelector };
}

/** `{nvidia.com/gpu: "1"}`, and the other makers'; a name without a maker is a generic resource of a Swarm's machines. */
export function readExtraResources(value: unknown, path: Path, reading: Reading): Override {
  let gpus: number | undefined;
  const genericResources: Record<string, number> = {};
  for (const [name, one] of Object.entries(reading.mapping(value, path) ?? {})) {
    const at = `${path}.${name}`;
    if (/^[a-z.]+\/gpu(?:\.shared)?$/.test(name)) gpus = reading.number(one, at, 0, 64);
    else if (/^[A-Za-z0-9][A-Za-z0-9_-]*$/.test(name)) {
      reading.ofCluster.push(`${at} ${OF_CLUSTER}`);
      genericResources[name] = Math.round(reading.number(one, at, 1, 1_000_000) ?? 1);
    } else reading.warn(at, 'is for Kubernetes and has no effect here');
  }
  return {
    ...(gpus === undefined ? {} : { gpus: Math.round(gpus) }),
    ...(Object.keys(genericResources).length === 0 ? {} : { genericResources }),
  };
}
