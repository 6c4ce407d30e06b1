import { chmod, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { must } from '../prove/shell.ts';

const IMAGE = join(import.meta.dirname, '../stand-ins/clock');
const INSIDE = '/lab-clock';
/** A Date header may be a second old, and the clock is read anew each second. */
const TURNED_MS = 20_000;
const NEAR_MS = 5_000;

/** The time of day of a lab: of every program in it that runs from one of its images. This machine's own is not touched. */
export class LabClock {
  readonly #folder: string;

  private constructor(folder: string) {
    this.#folder = folder;
  }

  static async make(): Promise<LabClock> {
    const clock = new LabClock(await mkdtemp('/var/tmp/berth-load-clock-'));
    await chmod(clock.#folder, 0o755);
    await clock.set(0);
    return clock;
  }

  /** Builds `name` on this machine's engine: the image `base` as it is, with this clock. */
  async build(base: string, name: string): Promise<void> {
    await must(IMAGE, ['docker', 'build', '-q', '-t', name, '--build-arg', `BASE=${base}`, '.']);
  }

  /** For Compose: services that take their time from here. */
  overlay(images: Readonly<Record<string, string>>): string {
    const services = Object.entries(images).map(
      ([name, image]) => `  ${name}:\n    image: ${image}\n    volumes: ["${this.#folder}:${INSIDE}:ro"]\n`,
    );
    return `services:\n${services.join('')}`;
  }

  /** For a profile's `kubespawner_override`: notebook servers that do. */
  get mounts(): string {
    return `volumes: [{name: clock, hostPath: {path: ${this.#folder}}}], volume_mounts: [{name: clock, mountPath: ${INSIDE}, readOnly: true}]`;
  }

  /** So many seconds away from the true time, from one moment to the next. */
  async set(seconds: number): Promise<void> {
    // In one step: a program that reads half a number would be somewhere else.
    const fresh = join(this.#folder, 'fresh');
    await writeFile(fresh, `${seconds < 0 ? '' : '+'}${seconds}\n`, { mode: 0o644 });
    await rename(fresh, join(this.#folder, 'offset'));
  }

  async remove(): Promise<void> {
    await rm(this.#folder, { recursive: true, force: true });
  }
}

/** Waits until a program's own answers carry that time. @throws Error when they do not. */
export async function answersCarry(seconds: number, dateOf: () => Promise<number>): Promise<void> {
  const end = performance.now() + TURNED_MS;
  let away = Number.NaN;
  while (performance.now() < end) {
    away = (await dateOf()) - Date.now() - seconds * 1000;
    if (Math.abs(away) < NEAR_MS) return;
    await sleep(500);
  }
  throw new Error(`the clock was not turned by ${seconds} s: it is ${Math.round(away / 1000)} s from there`);
}
