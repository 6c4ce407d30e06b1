import type { ContainerInspectInfo } from 'dockerode';
import type { Engine } from './engine.ts';
import { readLines } from './read-lines.ts';

/** 128 + SIGKILL: what a process leaves that the kernel ended. */
const KILLED = 137;

/**
 * Whether an ended container ran into its memory limit.
 *
 * The engine's own flag cannot be relied on: on cgroup v1 under kernels without its memory events it stays
 * false. So a container with a limit that was ended by SIGKILL counts too, unless the engine remembers that
 * somebody asked it for that (`docker kill`, `docker stop` after its grace).
 */
export async function ranOutOfMemory(engine: Engine, info: ContainerInspectInfo): Promise<boolean> {
  const { State: state, HostConfig: host } = info;
  if (state.OOMKilled) return true;
  if (state.Running || state.ExitCode !== KILLED || !host.Memory) return false;
  return !(await wasKilledOnRequest(engine, info));
}

async function wasKilledOnRequest(engine: Engine, info: ContainerInspectInfo): Promise<boolean> {
  return engine.look(async (signal) => {
    // With an end in the past the engine tells what it remembers and closes.
    const stream = await engine.docker.getEvents({
      since: Date.parse(info.Created) / 1000,
      until: Date.now() / 1000,
      filters: { type: ['container'], container: [info.Id], event: ['kill'] },
      abortSignal: signal,
    });
    for await (const _ of readLines(stream, signal)) return true;
    return false;
  });
}
