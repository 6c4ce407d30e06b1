import { z } from 'zod';
import { LABEL } from '../../../domain/container-spec.ts';
import { FORWARDER_LABEL } from '../../../domain/port-forwarder.ts';
import { KEEPER_LABEL } from '../keeper.ts';
import {
  type ContainerBody,
  containerBody,
  forwarderBody,
  keeperBody,
  type MountBody,
  trialBody,
} from './container-shapes.ts';
import type { GatePolicy } from './policy.ts';
import { forbid } from './refused.ts';

export interface ReadContainer {
  /** JSON of what was read, and nothing else. */
  readonly body: string;
  /** What is to be asked of the engine: whose they are. */
  readonly image: string | null;
  readonly volumes: readonly string[];
  /** The container whose network it shares; null: none. */
  readonly shares: string | null;
}

const kinds = z.looseObject({ Labels: z.record(z.string(), z.string()).optional() });

/**
 * A request to make a container, as the hub makes them and no other: every field is known, its image, devices, groups,
 * network and paths are the configuration's. Whose volumes and images are is asked of the engine elsewhere.
 *
 * @throws Refused 403 with the field and what is wrong with it.
 */
export function readContainerBody(given: unknown, policy: GatePolicy): ReadContainer {
  const marks = kinds.safeParse(given).data?.Labels ?? {};
  const { instance } = policy;
  if (marks[KEEPER_LABEL] === instance) {
    const { name: _, ...body } = shaped(keeperBody, given);
    // Never started: whatever its image is, nothing of it runs.
    const volumes = volumesOf(body.HostConfig.Mounts ?? []);
    return { body: JSON.stringify(body), image: null, volumes, shares: null };
  }
  if (marks[LABEL.hub] === `${instance}:trial`) {
    const { name: _, ...body } = shaped(trialBody, given);
    if (body.HostConfig.NetworkMode !== policy.network)
      forbid(`HostConfig.NetworkMode: only ${policy.network}`);
    const volumes = volumesOf(body.HostConfig.Mounts);
    return { body: JSON.stringify(body), image: body.Image, volumes, shares: null };
  }
  if (marks[FORWARDER_LABEL.of] !== undefined) return readForwarder(given, policy);
  const { name: _, ...body } = shaped(containerBody, given);
  checkServer(body, policy);
  const volumes = volumesOf(body.HostConfig.Mounts);
  return { body: JSON.stringify(body), image: body.Image, volumes, shares: null };
}

/** Berth's own program in the network of one of its servers, and nothing of that server but its network. */
function readForwarder(given: unknown, policy: GatePolicy): ReadContainer {
  const { name: _, ...body } = shaped(forwarderBody, given);
  if (body.Labels[LABEL.hub] !== policy.instance) forbid(`Labels.${LABEL.hub}: not this hub's`);
  if (body.Image !== policy.forwarderImage) forbid(`Image: only ${policy.forwarderImage ?? 'none'}`);
  const shares = body.HostConfig.NetworkMode.slice('container:'.length);
  // Its image is not for people's servers, and need not be among those.
  return { body: JSON.stringify(body), image: null, volumes: [], shares };
}

/** @throws Refused 403 */
export function shaped<T>(shape: z.ZodType<T>, given: unknown): T {
  const read = shape.safeParse(given);
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  return forbid(`${issue?.path.join('.') || 'the body'}: ${issue?.message ?? 'not as the hub makes it'}`);
}

function volumesOf(mounts: readonly { readonly Type: string; readonly Source: string }[]): readonly string[] {
  return mounts.filter(({ Type }) => Type === 'volume').map(({ Source }) => Source);
}

function checkServer(
  { HostConfig: host, User: user = '', Labels: labels }: ContainerBody,
  policy: GatePolicy,
): void {
  if (labels[LABEL.hub] !== policy.instance) forbid(`Labels.${LABEL.hub}: not this hub's`);
  if (host.NetworkMode !== policy.network) forbid(`HostConfig.NetworkMode: only ${policy.network}`);
  if (!policy.rootAllowed && (/^0+(?::|$)/.test(user) || host.CapAdd !== undefined))
    forbid('User: the configuration allows no servers of root');
  for (const group of host.GroupAdd ?? []) {
    if (!policy.groups.has(group)) forbid(`HostConfig.GroupAdd: ${group} is not in the configuration`);
  }
  for (const { PathOnHost: path, PathInContainer: inside } of host.Devices ?? []) {
    if (!policy.devices.has(path) || inside !== path)
      forbid(`HostConfig.Devices: ${path} is not in the configuration`);
  }
  for (const id of (host.DeviceRequests ?? []).flatMap(({ DeviceIDs: ids }) => ids)) {
    if (!policy.gpus.has(id)) forbid(`HostConfig.DeviceRequests: ${id} is not in the configuration`);
  }
  for (const mount of host.Mounts) checkMount(mount, policy);
}

function checkMount(mount: MountBody, policy: GatePolicy): void {
  if (mount.Type === 'bind' && !policy.allowsBind(mount.Source, mount.ReadOnly))
    forbid(`HostConfig.Mounts: ${mount.Source} is no path that the configuration mounts`);
  const hub = mount.Type === 'volume' ? mount.VolumeOptions.Labels[LABEL.hub] : undefined;
  if (hub !== undefined && hub !== policy.instance)
    forbid(`HostConfig.Mounts: a new volume would not be this hub's`);
}
