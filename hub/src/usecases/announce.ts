import {
  ANNOUNCEMENT_MAX,
  type Announcement,
  type AnnouncementPlace,
  type AnnouncementShown,
  announcementsAt,
  type ConfiguredAnnouncements,
  isOver,
} from '../domain/announcement.ts';
import type { Clock, Random } from '../domain/ports.ts';
import { Problem } from '../domain/problem.ts';
import type { Store } from '../domain/store.ts';

/** Nobody reads so many; each page carries them. */
const MOST = 20;

export interface Announcements {
  /** What a page shows now. */
  at(place: AnnouncementPlace | null): readonly AnnouncementShown[];
  configured(): ConfiguredAnnouncements;
  /** Those made by administrators that are not over, the latest first. */
  made(): readonly Announcement[];
  /** @throws Problem HTTP-400 for no text, too long a one, or too many at once. */
  make(wanted: Pick<Announcement, 'text' | 'level' | 'place' | 'ends' | 'by'>): Promise<Announcement>;
  /** Whether there was such a one. */
  clear(id: string): Promise<boolean>;
}

/** Announcements: of the configuration as it is now, and of administrators. What is over goes with the next change. */
export function makeAnnouncements(ports: {
  readonly store: Store;
  readonly clock: Clock;
  readonly random: Random;
  readonly configured: () => ConfiguredAnnouncements;
}): Announcements {
  const { store, clock, random, configured } = ports;
  const made = () =>
    [...store.announcements.values()]
      .filter((one) => !isOver(one, clock.now()))
      .toSorted((a, b) => b.created - a.created);
  return {
    configured,
    made,
    at: (place) => announcementsAt(place, configured(), store.announcements.values(), clock.now()),
    async make({ text, level, place, ends, by }) {
      const words = text.trim();
      if (words === '' || words.length > ANNOUNCEMENT_MAX) {
        throw new Problem('HTTP-400', {
          detail: `An announcement has 1 to ${ANNOUNCEMENT_MAX} letters.`,
        });
      }
      if (made().length >= MOST) {
        throw new Problem('HTTP-400', {
          detail: `There are ${MOST} announcements already: clear some first.`,
        });
      }
      const id = random.hex(4);
      const fresh: Announcement = { id, text: words, level, place, created: clock.now(), by, ends };
      await store.change((drafts) => {
        for (const old of store.announcements.values()) {
          if (isOver(old, clock.now())) drafts.announcements.delete(old.id);
        }
        drafts.announcements.put(fresh);
      });
      return fresh;
    },
    async clear(id) {
      if (store.announcements.get(id) === undefined) return false;
      await store.change((drafts) => drafts.announcements.delete(id));
      return true;
    },
  };
}
