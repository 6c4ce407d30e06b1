import { mkdir, open, readFile, rename } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Logger } from 'pino';
import { encodePath } from './route-path.ts';
import type { Routes } from './routes.ts';

const VERSION = 1;
const SETTLE_MS = 50;
/** Activity alone reaches the disk this often. */
const ACTIVITY_MS = 60_000;

/**
 * Keeps routes in a file, so that a restarted proxy serves before the hub has spoken. Changes are gathered for a
 * moment and written whole: temporary file, fsync, rename, fsync of the directory. The file has mode 0600.
 */
export class RouteStore {
  readonly #path: string;
  readonly #routes: Routes;
  readonly #log: Logger;
  #timer: NodeJS.Timeout | undefined;
  #writing: Promise<void> = Promise.resolve();
  readonly #activityTimer: NodeJS.Timeout;

  constructor(path: string, routes: Routes, log: Logger) {
    this.#path = path;
    this.#routes = routes;
    this.#log = log;
    this.#activityTimer = setInterval(() => this.#schedule(), ACTIVITY_MS);
    this.#activityTimer.unref();
  }

  /** Puts back what the file holds. A file that cannot be read is set aside; the hub gives its routes again. */
  async load(): Promise<void> {
    let text: string;
    try {
      text = await readFile(this.#path, 'utf8');
    } catch (error) {
      if (!isMissing(error))
        this.#log.error({ file: this.#path, reason: String(error) }, 'kept routes cannot be read');
      this.#watch();
      return;
    }
    try {
      const kept = routesIn(JSON.parse(text));
      for (const [path, data] of Object.entries(kept)) this.#restore(path, data);
      this.#log.info({ file: this.#path, routes: this.#routes.size }, 'kept routes are back');
    } catch (error) {
      const aside = `${this.#path}.bad`;
      this.#log.error(
        { file: this.#path, aside, reason: String(error) },
        'kept routes are damaged and were set aside',
      );
      await rename(this.#path, aside);
    }
    this.#watch();
  }

  /** Writes what is not written yet and stops. */
  async close(): Promise<void> {
    clearInterval(this.#activityTimer);
    clearTimeout(this.#timer);
    this.#timer = undefined;
    await this.#write();
  }

  #restore(path: string, data: unknown): void {
    try {
      this.#routes.restore(encodePath(path), data);
    } catch (error) {
      this.#log.warn({ route: path, reason: String(error) }, 'a kept route is not acceptable any more');
    }
  }

  #watch(): void {
    this.#routes.onChange(() => this.#schedule());
  }

  #schedule(): void {
    if (this.#timer !== undefined) return;
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      void this.#write();
    }, SETTLE_MS);
    this.#timer.unref();
  }

  #write(): Promise<void> {
    // One after the other: two renames out of order would bring back a removed route.
    this.#writing = this.#writing.then(() => this.#writeNow());
    return this.#writing;
  }

  async #writeNow(): Promise<void> {
    const temporary = `${this.#path}.new`;
    try {
      await mkdir(dirname(this.#path), { recursive: true });
      const file = await open(temporary, 'w', 0o600);
      try {
        await file.writeFile(
          JSON.stringify({ version: VERSION, routes: this.#routes.present(undefined, true) }),
        );
        await file.sync();
      } finally {
        await file.close();
      }
      await rename(temporary, this.#path);
      const directory = await open(dirname(this.#path), 'r');
      try {
        await directory.sync();
      } finally {
        await directory.close();
      }
    } catch (error) {
      // Serving goes on without: the next change tries again.
      this.#log.error({ file: this.#path, reason: String(error) }, 'routes cannot be kept on disk');
    }
  }
}

function routesIn(document: unknown): Record<string, unknown> {
  if (
    typeof document !== 'object' ||
    document === null ||
    !('version' in document) ||
    document.version !== VERSION
  ) {
    throw new Error('not a file of kept routes');
  }
  if (!('routes' in document) || typeof document.routes !== 'object' || document.routes === null)
    throw new Error('no routes in it');
  return { ...document.routes };
}

const isMissing = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'ENOENT';
