import type { PullProgress } from '../../domain/containers.ts';

/** One line of the engine's answer to a download, as far as it is read. */
export interface PullLine {
  readonly id?: unknown;
  readonly status?: unknown;
  readonly error?: unknown;
  readonly progressDetail?: { readonly current?: unknown; readonly total?: unknown } | null;
}

interface Layer {
  done: number;
  total: number;
  complete: boolean;
}

/** Adds up the layers of a download. Unpacking is told in the same fields as downloading: it is not counted again. */
export class PullTally {
  readonly #layers = new Map<string, Layer>();
  #message = 'Asking the registry';

  add(line: PullLine): void {
    const { id, status } = line;
    if (typeof status !== 'string' || typeof id !== 'string') return;
    const layer = this.#layers.get(id) ?? { done: 0, total: 0, complete: false };
    if (status === 'Downloading') {
      // Some registries do not tell the size: then what has come is all that is known.
      layer.done = Math.max(layer.done, bytes(line.progressDetail?.current));
      layer.total = Math.max(layer.total, layer.done, bytes(line.progressDetail?.total));
      this.#message = 'Downloading';
    } else if (status === 'Download complete' || status === 'Pull complete' || status === 'Already exists') {
      layer.done = layer.total;
      layer.complete = true;
      if (this.#all()) this.#message = 'Unpacking';
    } else if (status !== 'Pulling fs layer' && status !== 'Waiting' && status !== 'Extracting') {
      return;
    }
    this.#layers.set(id, layer);
  }

  progress(): PullProgress {
    let total = 0;
    let done = 0;
    for (const layer of this.#layers.values()) {
      total += layer.total;
      done += layer.done;
    }
    return { total, done, message: this.#message };
  }

  #all(): boolean {
    return [...this.#layers.values()].every((layer) => layer.complete);
  }
}

function bytes(told: unknown): number {
  return typeof told === 'number' && told > 0 ? told : 0;
}
