import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { cpuSeconds } from './proxy-contenders.ts';

/** The engine's processes, as the kernel calls them. */
const ENGINE = new Set(['dockerd', 'containerd', 'containerd-shim', 'docker-init', 'runc']);
/** What all containers have used, where the kernel still counts so (cgroup v1); v2 has one folder a container. */
const CONTAINERS = '/sys/fs/cgroup/cpuacct/docker/cpuacct.usage';

/** How much all containers together weigh beside each process outside of them (cgroup v1). */
const WEIGHT = '/sys/fs/cgroup/cpu/docker/cpu.shares';
const PREFERRED = '16384';

/**
 * Lets containers go before what else runs on this machine, until the bench ends. Without it a busy machine gives all of
 * them together no more than one of its processes, and what is measured is that process's neighbours.
 */
export function preferContainers(): void {
  if (!existsSync(WEIGHT)) return;
  const before = readFileSync(WEIGHT, 'utf8').trim();
  writeFileSync(WEIGHT, PREFERRED);
  process.on('exit', () => writeFileSync(WEIGHT, before === PREFERRED ? '1024' : before));
}

/** Processor time of the engine and of what runs in its containers, in seconds: it works for the bench. */
export function engineSeconds(): number {
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  return containerSeconds() + pids.reduce((sum, pid) => sum + secondsOf(pid), 0);
}

function secondsOf(pid: string): number {
  try {
    if (!ENGINE.has(readFileSync(`/proc/${pid}/comm`, 'utf8').trim())) return 0;
    return cpuSeconds(Number(pid));
  } catch {
    // It has ended since the folder was read.
    return 0;
  }
}

function containerSeconds(): number {
  try {
    return Number(readFileSync(CONTAINERS, 'utf8')) / 1e9;
  } catch {
    return 0;
  }
}
