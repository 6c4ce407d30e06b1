import type { Placement } from './containers.ts';
import type { ClusterSettings, Mount, SpawnSettings } from './settings.ts';

/** Labels that Kubernetes puts on every machine, and what Swarm calls the same. */
const WELL_KNOWN: Readonly<Record<string, string>> = {
  'kubernetes.io/hostname': 'node.hostname',
  'kubernetes.io/os': 'node.platform.os',
  'kubernetes.io/arch': 'node.platform.arch',
};

/** What Swarm takes as the name of a label in a constraint, and as its value. */
const KEY = /^[A-Za-z0-9][A-Za-z0-9_.-]*$/;
const VALUE = /^[A-Za-z0-9:_.|/-]+$/;

/** A label of `node_selector` as a constraint of Swarm, or null when Swarm could not read it. */
export function constraintOf(label: string, value: string): string | null {
  const known = WELL_KNOWN[label];
  if (!VALUE.test(value) || (known === undefined && !KEY.test(label))) return null;
  return `${known ?? `node.labels.${label}`}==${value}`;
}

/** Where a server may run; `machine`: the one that holds its owner's files, if one does. */
export function placementOf(
  settings: Pick<SpawnSettings, 'gpus' | 'nodeSelector' | 'genericResources'>,
  cluster: ClusterSettings,
  machine: string | null,
): Placement {
  const labels = Object.entries(settings.nodeSelector ?? {}).map(([label, value]) =>
    constraintOf(label, value),
  );
  return {
    constraints: [...cluster.constraints, ...labels.filter((one) => one !== null)],
    spread: cluster.spread,
    resources: {
      ...cluster.resources,
      ...settings.genericResources,
      ...(settings.gpus > 0 ? { [cluster.gpuResource]: settings.gpus } : {}),
    },
    ...(machine === null ? {} : { machine }),
  };
}

/** A volume with the cluster's driver, `{volume}` in its options being its name. Other mounts stay as they are. */
export function onCluster(mount: Mount, { driver }: Pick<ClusterSettings, 'driver'>): Mount {
  if (driver === undefined || mount.type !== 'volume') return mount;
  const options = Object.entries(driver.options).map(([key, value]) => [
    key,
    value.replaceAll('{volume}', mount.source),
  ]);
  return { ...mount, driver: { name: driver.name, options: Object.fromEntries(options) } };
}
