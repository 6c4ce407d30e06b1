import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Machine } from '../../../domain/containers.ts';
import type { ImageSpread, PullReport } from '../../../domain/image-spread.ts';
import { Problem } from '../../../domain/problem.ts';
import { type PullRow, rowOf } from './pull-row.ts';
import type { SwarmApi } from './swarm-api.ts';
import { newest } from './task-view.ts';

/** Marks jobs that only bring an image. Not the hub's own label: they are nobody's server. */
export const PULL_LABEL = 'org.berth.pull';
const LOOK_EVERY_MS = 500;

type Report = (rows: readonly PullReport[]) => void;

interface Round {
  readonly done: Promise<readonly PullReport[]>;
  readonly stop: AbortController;
  readonly reports: Set<Report>;
}

/** One job of the Swarm an image, which has a task on each machine; the task ends as soon as the image is there. */
export function makePrePull(api: SwarmApi, instance: string): ImageSpread['prePull'] {
  const rounds = new Map<string, Round>();

  const begin = (image: string): Round => {
    const stop = new AbortController();
    const reports = new Set<Report>();
    const tell: Report = (rows) => {
      for (const report of reports) report(rows);
    };
    const done = bring(api, instance, image, tell, stop.signal).finally(() => rounds.delete(image));
    // Those who wait are told; when nobody does any more, nobody needs to know.
    done.catch(() => {});
    const round = { done, stop, reports };
    rounds.set(image, round);
    return round;
  };

  return async (image, report, signal) => {
    if (signal.aborted) throw new Problem('SPAWN-104', { image });
    const round = rounds.get(image) ?? begin(image);
    round.reports.add(report);
    const left = Promise.withResolvers<never>();
    const leave = () => left.reject(new Problem('SPAWN-104', { image }));
    signal.addEventListener('abort', leave, { once: true });
    try {
      return await Promise.race([round.done, left.promise]);
    } finally {
      signal.removeEventListener('abort', leave);
      round.reports.delete(report);
      if (round.reports.size === 0) round.stop.abort();
    }
  };
}

async function bring(
  api: SwarmApi,
  instance: string,
  image: string,
  tell: Report,
  signal: AbortSignal,
): Promise<readonly PullReport[]> {
  const mark = createHash('sha256').update(`${instance} ${image}`).digest('hex').slice(0, 12);
  const name = `berth-pull-${mark}`;
  const id = await makeJob(api, instance, name, image);
  try {
    let told = '';
    for (;;) {
      signal.throwIfAborted();
      const rows = await look(api, id);
      const report = rows.map((row) => row.report);
      if (JSON.stringify(report) !== told) tell(report);
      told = JSON.stringify(report);
      if (rows.every((row) => row.over)) return report;
      await sleep(LOOK_EVERY_MS);
    }
  } finally {
    await api.removeService(id);
  }
}

async function look(api: SwarmApi, id: string): Promise<readonly PullRow[]> {
  const [tasks, machines] = await Promise.all([api.tasksOf(id), api.machines()]);
  const byMachine = Map.groupBy(tasks, (task) => task.NodeID ?? '');
  return machines.map((machine: Machine) => rowOf(machine, newest(byMachine.get(machine.id) ?? [])));
}

/** One that a hub left behind gives way. */
async function makeJob(api: SwarmApi, instance: string, name: string, image: string): Promise<string> {
  const body = {
    Name: name,
    Labels: { [PULL_LABEL]: instance },
    TaskTemplate: {
      ContainerSpec: {
        Image: image,
        // Whether the image has it is no matter: the image is there before anybody looks.
        Command: ['true'],
        CapabilityDrop: ['ALL'],
        ReadOnly: true,
        Healthcheck: { Test: ['NONE'] },
      },
      RestartPolicy: { Condition: 'none', MaxAttempts: 0 },
    },
    Mode: { GlobalJob: {} },
  };
  try {
    return await api.createService(body);
  } catch (error) {
    if (!(error instanceof Problem) || error.code !== 'SPAWN-141') throw error;
    const left = await api.service(name);
    if (left?.Spec.Labels?.[PULL_LABEL] !== instance) throw error;
    await api.removeService(left.ID);
    return api.createService(body);
  }
}
