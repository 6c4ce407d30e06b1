import { Problem } from '../domain/problem.ts';

/** What is being done to a volume, as it reads in a sentence. */
export type Doing = 'restored' | 'deleted';

/** Volumes that nobody may mount just now. One hold at a time on each. */
export class VolumeHolds {
  readonly #held = new Map<string, Doing>();

  /** @throws Problem VOLUME-002 when somebody has it. Returns the way to let go. */
  hold(volume: string, doing: Doing): () => void {
    this.check(volume);
    this.#held.set(volume, doing);
    return () => void this.#held.delete(volume);
  }

  doing(volume: string): Doing | null {
    return this.#held.get(volume) ?? null;
  }

  /** @throws Problem VOLUME-002. */
  check(volume: string): void {
    const doing = this.#held.get(volume);
    if (doing !== undefined) throw new Problem('VOLUME-002', { volume, doing });
  }
}
