import Dockerode from 'dockerode';
import { translateError } from './translate-error.ts';

/** How long the engine may take to answer, by kind of question. */
export interface EngineDeadlines {
  /** Looking, listing, reading: what a healthy engine answers in milliseconds. */
  readonly look: number;
  /** Creating, starting, removing: what reaches the disk. */
  readonly work: number;
}

export const ENGINE_DEADLINES: EngineDeadlines = { look: 10_000, work: 60_000 };

/** The engine behind its socket. Whatever goes wrong leaves as a Problem of the catalogue. */
export class Engine {
  readonly docker: Dockerode;
  readonly deadlines: EngineDeadlines;

  /** `socket`: path of the engine's socket, `/var/run/docker.sock`. */
  constructor(socket: string, deadlines: EngineDeadlines = ENGINE_DEADLINES) {
    // Said aloud, because the library would prefer a DOCKER_HOST of the environment to our socket.
    this.docker = new Dockerode({ socketPath: socket, host: undefined, protocol: 'http' });
    this.deadlines = deadlines;
  }

  /** A question. @throws Problem */
  look<T>(ask: (signal: AbortSignal) => Promise<T>, signal?: AbortSignal): Promise<T> {
    return this.#ask(ask, this.deadlines.look, signal);
  }

  /** A piece of work, which may take `extra` ms beyond the usual. @throws Problem */
  work<T>(ask: (signal: AbortSignal) => Promise<T>, signal?: AbortSignal, extra = 0): Promise<T> {
    return this.#ask(ask, this.deadlines.work + extra, signal);
  }

  /**
   * The race is with the clock, not only with the request: the client library never settles when the engine
   * breaks off in the middle of an answer.
   */
  async #ask<T>(
    ask: (signal: AbortSignal) => Promise<T>,
    ms: number,
    signal: AbortSignal | undefined,
  ): Promise<T> {
    signal?.throwIfAborted();
    const late = AbortSignal.timeout(ms);
    const either = signal === undefined ? late : AbortSignal.any([late, signal]);
    const ended = Promise.withResolvers<never>();
    const end = () => ended.reject(either.reason);
    either.addEventListener('abort', end, { once: true });
    try {
      return await Promise.race([ask(either), ended.promise]);
    } catch (error) {
      if (signal?.aborted) throw signal.reason;
      throw translateError(error);
    } finally {
      either.removeEventListener('abort', end);
    }
  }
}

/** Status code of an engine's refusal, or null when it did not answer at all. */
export function statusOf(error: unknown): number | null {
  const status = (error as { statusCode?: unknown } | null)?.statusCode;
  return typeof status === 'number' ? status : null;
}

/** Turns "there is no such thing" (404) into null; everything else stays an error. */
export async function orNull<T>(asked: Promise<T>): Promise<T | null> {
  try {
    return await asked;
  } catch (error) {
    if (statusOf(error) === 404) return null;
    throw error;
  }
}
