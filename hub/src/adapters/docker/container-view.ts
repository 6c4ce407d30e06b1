import type { ContainerInfo, ContainerInspectInfo } from 'dockerode';
import type { ContainerView } from '../../domain/containers.ts';

/** A container as `inspect` tells of it; `outOfMemory` is not in its answer alone. */
export function viewOfInspect(
  info: ContainerInspectInfo,
  network: string,
  outOfMemory: boolean,
): ContainerView {
  const { State: state } = info;
  return {
    id: info.Id,
    name: info.Name.replace(/^\//, ''),
    labels: info.Config.Labels ?? {},
    image: info.Config.Image,
    running: state.Running,
    paused: state.Paused,
    removing: state.Status === 'removing',
    // `created` has not run yet: its exit code of 0 means nothing.
    exitCode: state.Running || state.Status === 'created' ? null : state.ExitCode,
    outOfMemory,
    address: addressOf(info.NetworkSettings.Networks, network),
    created: Date.parse(info.Created),
  };
}

/**
 * A running container as `list` tells of it: one question for hundreds. The list knows no exit codes, so
 * those that have ended are inspected one by one.
 */
export function viewOfListed(info: ContainerInfo, network: string): ContainerView {
  return {
    id: info.Id,
    name: (info.Names[0] ?? '').replace(/^\//, ''),
    labels: info.Labels,
    image: info.Image,
    running: info.State === 'running' || info.State === 'paused',
    paused: info.State === 'paused',
    removing: info.State === 'removing',
    exitCode: null,
    outOfMemory: false,
    address: addressOf(info.NetworkSettings?.Networks, network),
    created: info.Created * 1000,
  };
}

function addressOf(
  networks: Readonly<Record<string, { IPAddress: string }>> | undefined,
  network: string,
): string | null {
  // Looked up as a Map would: a network may be called `constructor`.
  const found = Object.entries(networks ?? {}).find(([name]) => name === network);
  return found === undefined || found[1].IPAddress === '' ? null : found[1].IPAddress;
}
