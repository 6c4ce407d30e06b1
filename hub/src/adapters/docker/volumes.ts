import { Readable } from 'node:stream';
import { z } from 'zod';
import type { Log } from '../../domain/ports.ts';
import { Problem } from '../../domain/problem.ts';
import type { Volumes, VolumeView } from '../../domain/volumes.ts';
import { tryDiskLimits } from './disk-limits.ts';
import { type Engine, orNull, statusOf } from './engine.ts';
import { withIdleDeadline } from './idle-deadline.ts';
import { KEEPER_FOLDER, KEEPER_LABEL, KEEPER_VOLUME, removeKeeper, withKeeper } from './keeper.ts';
import { type Keep, readThrough } from './read-volume.ts';
import { TarGate, throughGate } from './tar-gate.ts';
import { folderArchive } from './tar-headers.ts';

/**
 * The engine's own rule. The name comes from an address that anybody may type, and becomes part of a path that the engine
 * is asked: `../containers/json` must never get there.
 */
const VOLUME_NAME = /^[A-Za-z0-9][A-Za-z0-9_.-]{0,254}$/;
/** Sizes take the engine a walk through every file. */
const SIZES_MS = 300_000;
/** A stream that goes on for longer is none. */
const WHOLE_MS = 24 * 3_600_000;

const measured = z.looseObject({
  Volumes: z
    .array(
      z.looseObject({
        Name: z.string(),
        UsageData: z.looseObject({ Size: z.number() }).nullish(),
      }),
    )
    .nullish(),
});

const listed = z.looseObject({
  Name: z.string(),
  Driver: z.string(),
  Labels: z.record(z.string(), z.string()).nullish(),
  CreatedAt: z.string().optional(),
});

/** @param image with which volumes are read; null: any that is there. */
export function makeVolumes(
  engine: Engine,
  { instance, image }: { readonly instance: string; readonly image: string | null },
  log: Log,
): Volumes {
  const { docker } = engine;
  const keep: Keep = (volume, readOnly, work) =>
    withKeeper(engine, { volume, instance, image, readOnly }, log, work);

  return {
    async list() {
      const { Volumes: found } = await engine.look((abortSignal) => docker.listVolumes({ abortSignal }));
      return (found ?? []).map(viewOf);
    },

    async find(name) {
      if (!VOLUME_NAME.test(name)) return null;
      const found = await engine.look((abortSignal) =>
        orNull(docker.getVolume(name).inspect({ abortSignal })),
      );
      return found === null ? null : viewOf(found);
    },

    async sizes(signal) {
      const extra = SIZES_MS - engine.deadlines.work;
      const told = measured.parse(await engine.work(() => docker.df(), signal, extra));
      const sizes = new Map<string, number>();
      for (const { Name: name, UsageData: usage } of told.Volumes ?? []) {
        // -1: the driver does not know.
        if (usage != null && usage.Size >= 0) sizes.set(name, usage.Size);
      }
      return sizes;
    },

    async users() {
      const all = await engine.look((abortSignal) => docker.listContainers({ all: true, abortSignal }));
      const users = new Map<string, string[]>();
      for (const { Names: names, Mounts: mounts, Labels: labels } of all) {
        if (labels[KEEPER_LABEL] === instance) continue;
        for (const { Name: volume } of mounts) {
          if (volume === undefined) continue;
          users.set(volume, [...(users.get(volume) ?? []), (names[0] ?? '').replace(/^\//, '')]);
        }
      }
      return users;
    },

    async create({ name, labels, size }) {
      try {
        await engine.work(() =>
          docker.createVolume({
            Name: name,
            Labels: { ...labels },
            ...(size === null ? {} : { DriverOpts: { size: String(size) } }),
          }),
        );
      } catch (error) {
        if (size === null || !(error instanceof Problem) || error.code !== 'SPAWN-199') throw error;
        throw new Problem('STORAGE-002', { detail: String(error.facts.detail) }, { cause: error });
      }
    },

    async remove(name) {
      await engine.work(async (abortSignal) => {
        try {
          await orNull(docker.getVolume(name).remove({ abortSignal }));
        } catch (error) {
          if (statusOf(error) !== 409) throw error;
          throw new Problem(
            'VOLUME-001',
            { volume: name, detail: 'A container has it mounted.' },
            { cause: error },
          );
        }
      });
    },

    async *read(name, signal) {
      const stop = new AbortController();
      const until = AbortSignal.any([signal, stop.signal, AbortSignal.timeout(WHOLE_MS)]);
      const pieces: AsyncGenerator<Uint8Array> = readThrough(engine, name, { keep, until });
      try {
        yield* pieces;
      } finally {
        stop.abort();
      }
    },

    async look(name) {
      const gate = new TarGate();
      for await (const piece of this.read(name, AbortSignal.timeout(engine.deadlines.work))) {
        gate.see(piece);
        if (gate.files) break;
      }
      return { empty: !gate.files, top: gate.top ?? { uid: 0, gid: 0, mode: 0o755 } };
    },

    async write(name, archive, signal) {
      const gate = new TarGate();
      const until = AbortSignal.any([signal, AbortSignal.timeout(WHOLE_MS)]);
      await keep(name, false, async (container) => {
        const input = Readable.from(withIdleDeadline(throughGate(archive, gate)), { objectMode: false });
        const path = `${KEEPER_FOLDER}/${KEEPER_VOLUME}`;
        // What the gate refused is the reason, not that the engine then found the upload cut off.
        let refusal: unknown;
        input.once('error', (error) => {
          refusal = error;
        });
        try {
          await engine.work(() => container.putArchive(input, { path, abortSignal: until }), until, WHOLE_MS);
        } catch (error) {
          throw refusal instanceof Problem ? refusal : error;
        } finally {
          input.destroy();
        }
      });
      return gate.top;
    },

    async grant(name, rights) {
      await keep(name, false, (container) =>
        engine.work(() =>
          container.putArchive(folderArchive(KEEPER_VOLUME, rights), { path: KEEPER_FOLDER }),
        ),
      );
    },

    limits: () => tryDiskLimits(engine, { instance, image }),

    async tidy() {
      const left = await engine.look((abortSignal) =>
        docker.listContainers({
          all: true,
          filters: { label: [`${KEEPER_LABEL}=${instance}`] },
          abortSignal,
        }),
      );
      for (const { Id: id } of left) await removeKeeper(engine, id);
    },
  };
}

function viewOf(found: unknown): VolumeView {
  const { Name: name, Driver: driver, Labels: labels, CreatedAt: created } = listed.parse(found);
  const at = created === undefined ? Number.NaN : Date.parse(created);
  return { name, driver, labels: labels ?? {}, created: Number.isNaN(at) ? null : at };
}
