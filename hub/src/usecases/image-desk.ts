import type { Containers, PullProgress } from '../domain/containers.ts';
import type { ImageSpread, PullReport } from '../domain/image-spread.ts';
import type { Images, ImageView } from '../domain/images.ts';
import { isFresh } from '../domain/is-fresh.ts';
import type { Clock, Log } from '../domain/ports.ts';
import { Problem } from '../domain/problem.ts';
import { isActive } from '../domain/server.ts';
import type { Store } from '../domain/store.ts';
import { eachOf } from './each-of.ts';
import type { Menu } from './plan-start.ts';
import { makeSpreadImage } from './spread-image.ts';
import { type WantedImage, wantedImages } from './wanted-images.ts';

/** What a registry said of an image. */
export type Freshness = 'current' | 'newer' | 'unknown';

export interface ImageRow {
  readonly image: string;
  /** Profiles and settings that name it. */
  readonly usedBy: readonly string[];
  /** How many servers run with it. */
  readonly servers: number;
  readonly here: ImageView | null;
  readonly freshness: Freshness;
  readonly checked: number | null;
  /** Why the last download or check failed, for the administrator. */
  readonly trouble: string | null;
  /** Percent of a download that is under way; null: none is. */
  readonly pulling: number | null;
  /** What each machine of a cluster said when it was fetched last; empty when it was not, null on one machine. */
  readonly machines: readonly PullReport[] | null;
}

export interface ImageVerbs {
  list(): Promise<readonly ImageRow[]>;
  /** Which of these are on this machine, as far as that is known within a moment. */
  here(images: readonly string[]): Promise<ReadonlyMap<string, boolean>>;
  /** Begins a download, or joins the one that is under way. @throws Problem IMAGE-001 for an image that nothing here names. */
  pull(image: string): Promise<void>;
  /** Asks the registry whether there is a newer one. @throws Problem IMAGE-001. */
  check(image: string): Promise<Freshness>;
  /** Fetches what is wanted and not here, one after the other. */
  prePull(): Promise<void>;
  /** Asks for all of them. */
  checkAll(): Promise<void>;
}

export interface ImageDeskPorts {
  readonly images: Images;
  readonly containers: Containers;
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Log;
  readonly menu: () => Menu;
  readonly extra: () => readonly string[];
  readonly ending: AbortSignal;
  /** Brings images to all machines of a cluster; absent on one machine. */
  readonly spread?: ImageSpread;
}

interface Word {
  readonly freshness: Freshness;
  readonly checked: number | null;
  readonly trouble: string | null;
}

const NO_WORD: Word = { freshness: 'unknown', checked: null, trouble: null };
const PULL_MS = 4 * 3_600_000;
/** What is here may be forgotten as soon as an administrator removes it; what is not here may arrive. */
const KNOWN_MS = 5_000;
const MOMENT_MS = 1_500;

export function makeImageDesk(ports: ImageDeskPorts): ImageVerbs {
  const { images, containers, store, clock, log, ending } = ports;
  const words = new Map<string, Word>();
  const pulling = new Map<string, { percent: number; readonly done: Promise<void> }>();
  const known = new Map<string, { readonly at: number; readonly here: boolean }>();
  const reports = new Map<string, readonly PullReport[]>();
  const spread =
    ports.spread === undefined
      ? null
      : makeSpreadImage(ports.spread, (image, rows) => reports.set(image, rows));
  const wanted = (): readonly WantedImage[] => wantedImages(ports.menu(), ports.extra());
  const requireWanted = (image: string): void => {
    if (!wanted().some((one) => one.image === image)) throw new Problem('IMAGE-001', { image });
  };

  const begin = (image: string, newer: boolean): Promise<void> => {
    const joined = pulling.get(image);
    if (joined !== undefined) return joined.done;
    const report = ({ total, done }: PullProgress): void => {
      const now = pulling.get(image);
      if (now !== undefined && total > 0) now.percent = Math.floor((100 * done) / total);
    };
    const until = AbortSignal.any([ending, AbortSignal.timeout(PULL_MS)]);
    const fetch = spread ?? (newer ? containers.refreshImage : containers.ensureImage);
    const done = fetch(image, report, until)
      .then(() => {
        words.set(
          image,
          newer && spread === null ? { freshness: 'current', checked: clock.now(), trouble: null } : NO_WORD,
        );
        log.info({ image }, 'an image was fetched');
      })
      .catch((error: unknown) => {
        words.set(image, { ...(words.get(image) ?? NO_WORD), trouble: wordsOf(error) });
        throw error;
      })
      .finally(() => {
        pulling.delete(image);
        known.delete(image);
      });
    pulling.set(image, { percent: 0, done });
    return done;
  };

  const check: ImageVerbs['check'] = async (image) => {
    requireWanted(image);
    try {
      const [local, remote] = await Promise.all([images.inspect(image), images.remoteDigest(image, ending)]);
      // Which one the other machines of a cluster have nobody tells.
      if (local === null && spread !== null) throw new Error('The image is not on the hub’s own machine.');
      const current = local?.digests.some((digest) => digest.endsWith(`@${remote}`)) === true;
      const freshness = current ? 'current' : 'newer';
      words.set(image, { freshness, checked: clock.now(), trouble: null });
      return freshness;
    } catch (error) {
      words.set(image, { freshness: 'unknown', checked: clock.now(), trouble: wordsOf(error) });
      return 'unknown';
    }
  };

  async function isHere(image: string): Promise<boolean> {
    const last = known.get(image);
    if (last !== undefined && isFresh(last.at, clock.now(), KNOWN_MS)) return last.here;
    const here = await containers.hasImage(image, ending);
    known.set(image, { at: clock.now(), here });
    return here;
  }

  return {
    check,
    list: () =>
      Promise.all(
        wanted().map(async ({ image, usedBy }) => ({
          image,
          usedBy,
          servers: [...store.servers.values()].filter((server) => isActive(server) && server.image === image)
            .length,
          here: await images.inspect(image),
          ...(words.get(image) ?? NO_WORD),
          pulling: pulling.get(image)?.percent ?? null,
          machines: spread === null ? null : (reports.get(image) ?? []),
        })),
      ),
    async here(asked) {
      const found = new Map<string, boolean>();
      const over = new AbortController();
      const all = eachOf([...new Set(asked)], 4, async (image) => {
        found.set(image, await isHere(image));
      });
      // An engine that is away or slow does not keep the form from anybody: nothing is said of the image then.
      await Promise.race([all.catch(() => {}), clock.sleep(MOMENT_MS, over.signal).catch(() => {})]);
      over.abort();
      return found;
    },
    async pull(image) {
      requireWanted(image);
      begin(image, true).catch((error: unknown) =>
        log.warn({ image, error: wordsOf(error) }, 'an image could not be fetched'),
      );
    },
    async prePull() {
      for (const { image, policy } of wanted()) {
        if (ending.aborted) return;
        if (policy === 'never') continue;
        if (spread === null && (await containers.hasImage(image, ending))) continue;
        await begin(image, false).catch((error: unknown) => {
          if (!ending.aborted)
            log.warn({ image, error: wordsOf(error) }, 'an image could not be fetched ahead');
        });
      }
    },
    async checkAll() {
      for (const { image, policy } of wanted()) {
        if (ending.aborted) return;
        if (policy === 'never') continue;
        const freshness = await check(image);
        if (freshness === 'newer') log.info({ image }, 'a newer image is in the registry');
      }
    },
  };
}

function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
