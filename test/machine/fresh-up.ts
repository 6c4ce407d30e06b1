// From nothing to a healthy hub, on a machine without engine, images, Node or npm; then once more.
// node test/machine/fresh-up.ts
import { type FreshMachine, makeFreshMachine } from './fresh-machine.ts';

/** The limit for a `make up` that has nothing to do. */
const SECOND_RUN_S = 20;

export interface FreshUp {
  readonly firstSeconds: number;
  readonly secondSeconds: number;
  /** What both runs said. */
  readonly output: string;
}

/** @throws Error when anything is not as promised; the machine is removed either way. */
export async function proveFreshMachine(report: (line: string) => void): Promise<FreshUp> {
  const machine = await makeFreshMachine();
  try {
    await expectNothingThere(machine);
    report('a fresh Debian: git and make; no engine, no images, no Node, no npm');
    const first = await up(machine, report);
    await expectHub(machine, report);
    const before = await containers(machine);
    const second = await up(machine, report);
    if (second.seconds > SECOND_RUN_S)
      throw new Error(`the second make up took ${second.seconds.toFixed(1)} s`);
    if ((await containers(machine)) !== before) throw new Error('the second make up changed containers');
    report(`first make up: ${first.seconds.toFixed(1)} s; second: ${second.seconds.toFixed(1)} s`);
    return {
      firstSeconds: first.seconds,
      secondSeconds: second.seconds,
      output: first.output + second.output,
    };
  } finally {
    await machine.remove();
  }
}

async function up(
  machine: FreshMachine,
  report: (line: string) => void,
): Promise<{ readonly seconds: number; readonly output: string }> {
  const { code, output, seconds } = await machine.run('cd berth && make up', {
    deadlineSeconds: 1800,
    line: report,
  });
  if (code !== 0) throw new Error(`make up ended with ${code}:\n${output}`);
  return { seconds, output };
}

async function expectNothingThere(machine: FreshMachine): Promise<void> {
  for (const program of ['docker', 'dockerd', 'docker-compose', 'node', 'npm']) {
    const { code } = await machine.run(`command -v ${program}`);
    if (code === 0) throw new Error(`the fresh machine is not fresh: it has ${program}`);
  }
  const { code } = await machine.run('test -e berth/node_modules || test -e berth/.env');
  if (code === 0) throw new Error('the clone is not fresh');
}

async function expectHub(machine: FreshMachine, report: (line: string) => void): Promise<void> {
  const url = `http://${machine.address}:8000/hub/login`;
  const { status } = await fetch(url, { signal: AbortSignal.timeout(10_000) });
  if (status !== 200) throw new Error(`${url} answers ${status}`);
  report(`${url} answers 200`);
}

/** Ids and start times: a container that was replaced or started again shows. */
async function containers(machine: FreshMachine): Promise<string> {
  const { code, output } = await machine.run(
    "docker inspect -f '{{.Id}} {{.State.StartedAt}}' $(docker ps -q) | sort",
  );
  if (code !== 0) throw new Error(output);
  return output;
}

if (import.meta.main) await proveFreshMachine(console.log);
