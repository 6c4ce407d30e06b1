import { randomBytes } from 'node:crypto';
import { LABEL } from '../../domain/container-spec.ts';
import { memoryLimit } from './create-body.ts';
import type { Engine } from './engine.ts';
import { unframe } from './log-text.ts';

/** What a container on the notebooks' network found out by itself. */
export interface TrialFindings {
  /** Whether it could write to a volume of its own. */
  readonly volume: boolean;
  /** The memory limit that its kernel told it, in bytes; null: it told none. */
  readonly memory: number | null;
  /** The address of the hub's name, or null. */
  readonly address: string | null;
  /** What the hub's API answered: a status code, or the reason; null when the image has no way to ask. */
  readonly answer: string | null;
}

export interface Trial {
  readonly image: string;
  readonly network: string;
  readonly instance: string;
  /** The hub's API as notebooks reach it. */
  readonly hubApiUrl: string;
}

/** What the trial container is given; small enough to be no burden, large enough for a Python. */
export const TRIAL_MEMORY = 96 * 1024 * 1024;
const VOLUME_AT = '/berth-trial';

// Whatever the image has: any notebook image has Python, most have more.
const SCRIPT = `
host=$1 port=$2 path=$3
if echo x >${VOLUME_AT}/x 2>/dev/null; then echo volume=yes; fi
for f in /sys/fs/cgroup/memory.max /sys/fs/cgroup/memory/memory.limit_in_bytes; do
  if [ -r "$f" ]; then echo "memory=$(cat "$f")"; fi
done
echo "address=$(getent hosts "$host" 2>/dev/null | { read -r a _; echo "$a"; })"
url="http://$host:$port$path"
if command -v python3 >/dev/null 2>&1; then
  echo "answer=$(python3 -c 'import sys,urllib.request
try: print(urllib.request.build_opener(urllib.request.ProxyHandler({})).open(sys.argv[1],timeout=5).status)
except Exception as e: print(e)' "$url" 2>&1 | tail -n 1)"
elif command -v node >/dev/null 2>&1; then
  echo "answer=$(node -e 'fetch(process.argv[1],{signal:AbortSignal.timeout(5000)}).then(r=>console.log(r.status),e=>console.log(e.cause?.code??e.message))' "$url")"
elif command -v curl >/dev/null 2>&1; then
  echo "answer=$(curl -s -o /dev/null -m 5 -w '%{http_code}' --noproxy '*' "$url" || true)"
fi`;

/**
 * Starts a container of the given image on the notebooks' network, with a volume and a memory limit, asks it what it
 * sees, and removes both again.
 *
 * @throws Problem when the engine refuses; the signal's reason when it ends.
 */
export async function tryContainer(
  engine: Engine,
  trial: Trial,
  signal: AbortSignal,
): Promise<TrialFindings> {
  const { docker } = engine;
  const name = `berth-trial-${randomBytes(6).toString('hex')}`;
  const { hostname, port, pathname } = new URL(trial.hubApiUrl);
  const labels = { [LABEL.hub]: `${trial.instance}:trial` };
  await engine.work(() => docker.createVolume({ Name: name, Labels: labels }));
  try {
    await engine.work(
      (abortSignal) =>
        docker.createContainer({
          name,
          Image: trial.image,
          Entrypoint: ['sh', '-c', SCRIPT, 'sh'],
          Cmd: [hostname.replace(/^\[|\]$/g, ''), port || '80', `${pathname.replace(/\/$/, '')}/`],
          User: '0:0',
          Labels: labels,
          Healthcheck: { Test: ['NONE'] },
          HostConfig: {
            NetworkMode: trial.network,
            Mounts: [{ Type: 'volume', Source: name, Target: VOLUME_AT }],
            ...memoryLimit(TRIAL_MEMORY),
            PidsLimit: 64,
            CapDrop: ['ALL'],
            SecurityOpt: ['no-new-privileges:true'],
            LogConfig: { Type: 'json-file', Config: {} },
          },
          abortSignal,
        }),
      signal,
    );
    const container = docker.getContainer(name);
    await engine.work((abortSignal) => container.start({ abortSignal }), signal);
    await engine.work((abortSignal) => container.wait({ abortSignal }), signal);
    const log = await engine.look((abortSignal) =>
      container.logs({ stdout: true, stderr: true, follow: false, abortSignal }),
    );
    return readFindings(unframe(log));
  } finally {
    await removeTrial(engine, name);
  }
}

/** What is left behind is labelled and small; a doctor that cannot clean up has more to tell than that. */
async function removeTrial(engine: Engine, name: string): Promise<void> {
  const { docker } = engine;
  await engine
    .work((abortSignal) => docker.getContainer(name).remove({ force: true, abortSignal }))
    .catch(() => {});
  await engine.work(() => docker.getVolume(name).remove({ force: true })).catch(() => {});
}

function readFindings(text: string): TrialFindings {
  const told = new Map(
    text.split('\n').flatMap((line) => {
      const [, name, value] = /^(volume|memory|address|answer)=(.*)$/.exec(line.trim()) ?? [];
      return name === undefined || value === undefined || value === '' ? [] : [[name, value] as const];
    }),
  );
  const memory = Number(told.get('memory'));
  return {
    volume: told.get('volume') === 'yes',
    memory: Number.isFinite(memory) && memory > 0 ? memory : null,
    address: told.get('address') ?? null,
    answer: told.get('answer') ?? null,
  };
}
