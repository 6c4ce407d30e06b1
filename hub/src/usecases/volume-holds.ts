import { Problem } from '../domain/problem.ts';

/** What is being done to a volume, as it reads in a sentence. */
export type Doing = 'restored' | 'deleted';

/** Volumes that nobody may mount just now. One hold at a time on each. */
export class VolumeHolds {
  readonly #held = new Map<string, { readonly doing: Doing }>();

  /** @throws Problem VOLUME-002 when somebody has it. Returns the way to let go. */
  hold(volume: string, doing: Doing): () => void {
    this.check(volume);
    return this.#put(volume, doing);
  }

  /** Volumes that are held stay so when their holders let go; until the way that is returned is used. */
  handOver(volumes: readonly string[], doing: Doing): () => void {
    const ways = volumes.map((volume) => this.#put(volume, doing));
    return () => {
      for (const letGo of ways) letGo();
    };
  }

  doing(volume: string): Doing | null {
    return this.#held.get(volume)?.doing ?? null;
  }

  /** @throws Problem VOLUME-002. */
  check(volume: string): void {
    const doing = this.doing(volume);
    if (doing !== null) throw new Problem('VOLUME-002', { volume, doing });
  }

  #put(volume: string, doing: Doing): () => void {
    const hold = { doing };
    this.#held.set(volume, hold);
    return () => {
      if (this.#held.get(volume) === hold) this.#held.delete(volume);
    };
  }
}
