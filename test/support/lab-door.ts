import { must, shell } from '../prove/shell.ts';
import type { LabMachine } from './lab-machine.ts';

/** A way from this machine into an overlay of the lab: addresses of tasks are reached as those of a bridge are. */
export interface LabDoor {
  remove(): Promise<void>;
}

/**
 * An overlay is no part of this machine, where a test's hub runs. So a container of the overlay passes on what it is sent,
 * under its own address: this machine, then the manager, then that container are the next step of each other.
 * Containers of the lab reach this machine without it.
 *
 * @throws Error with the words of what went wrong.
 */
export async function openLabDoor(manager: LabMachine, network: string, image: string): Promise<LabDoor> {
  const name = `door-${network}`;
  await manager.docker('run', '-d', '--name', name, '--network', network, image, 'sleep', 'infinity');
  const pid = await manager.docker('inspect', '-f', '{{.State.Pid}}', name);
  const subnet = await manager.docker(
    'network',
    'inspect',
    '-f',
    '{{(index .IPAM.Config 0).Subnet}}',
    network,
  );
  const bridge = await manager.docker('network', 'inspect', '-f', '{{json .Containers}}', 'docker_gwbridge');
  const id = await manager.docker('inspect', '-f', '{{.Id}}', name);
  const address = new RegExp(`"${id}":\\{[^}]*"IPv4Address":"([0-9.]+)/`).exec(bridge)?.[1];
  if (address === undefined) throw new Error(`${name} has no way out: ${bridge}`);
  const inside = ['nsenter', `--net=/proc/${pid}/ns/net`];
  const overlay = await overlayLink(inside, subnet);
  const space = ['nsenter', `--net=${manager.space}`];
  await must('/', [...inside, 'sh', '-c', 'echo 1 > /proc/sys/net/ipv4/ip_forward']);
  await must('/', [
    ...inside,
    'iptables',
    '-t',
    'nat',
    '-A',
    'POSTROUTING',
    '-o',
    overlay,
    '-j',
    'MASQUERADE',
  ]);
  await must('/', [...space, 'iptables', '-I', 'DOCKER-USER', '-d', subnet, '-j', 'ACCEPT']);
  await must('/', [...space, 'ip', 'route', 'replace', subnet, 'via', address]);
  // Frames on an overlay have a header more.
  await must('/', ['ip', 'route', 'replace', subnet, 'via', manager.address, 'mtu', '1450']);
  return {
    remove: async () => {
      await shell('/', ['ip', 'route', 'delete', subnet]);
      await manager.docker('rm', '-f', name);
    },
  };
}

/** Which of its links leads into the overlay. */
async function overlayLink(inside: readonly string[], subnet: string): Promise<string> {
  const routes = await must('/', [...inside, 'ip', 'route']);
  const link = routes
    .split('\n')
    .find((line) => line.startsWith(subnet))
    ?.match(/dev (\S+)/)?.[1];
  if (link === undefined) throw new Error(`no way to ${subnet} in:\n${routes}`);
  return link;
}
