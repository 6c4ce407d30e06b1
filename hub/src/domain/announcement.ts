import { plainText } from './plain-text.ts';

/** How loud it is: told by, to be known, to be acted on. */
export const ANNOUNCEMENT_LEVELS = ['info', 'warning', 'urgent'] as const;
export type AnnouncementLevel = (typeof ANNOUNCEMENT_LEVELS)[number];

/** Pages that can have one of their own, as JupyterHub's templates name them. */
export const ANNOUNCEMENT_PLACES = ['login', 'home', 'spawn', 'logout'] as const;
export type AnnouncementPlace = (typeof ANNOUNCEMENT_PLACES)[number];

export const ANNOUNCEMENT_MAX = 500;

/** One that an administrator made while the hub runs. */
export interface Announcement {
  readonly id: string;
  /** Plain text; addresses in it become links. */
  readonly text: string;
  readonly level: AnnouncementLevel;
  /** Null: on every page. */
  readonly place: AnnouncementPlace | null;
  readonly created: number;
  readonly by: string;
  /** When it ends by itself, or null. */
  readonly ends: number | null;
}

/** Those of the configuration: for every page, and for some pages instead of that. */
export interface ConfiguredAnnouncements {
  readonly everywhere: string | null;
  readonly at: Readonly<Partial<Record<AnnouncementPlace, string>>>;
}

/** What a page shows of one. */
export type AnnouncementShown = Pick<Announcement, 'text' | 'level'>;

/**
 * What stands on a page. As in JupyterHub a page's own text takes the place of the general one; those of
 * administrators come beside it, the latest first.
 */
export function announcementsAt(
  place: AnnouncementPlace | null,
  configured: ConfiguredAnnouncements,
  made: Iterable<Announcement>,
  now: number,
): readonly AnnouncementShown[] {
  const told = (place === null ? undefined : configured.at[place]) ?? configured.everywhere;
  const fixed = told === null ? [] : [{ text: plainText(told), level: 'info' as const }];
  const current = [...made]
    .filter((one) => !isOver(one, now) && (one.place === null || one.place === place))
    .toSorted((a, b) => b.created - a.created)
    .map(({ text, level }) => ({ text, level }));
  return [...current, ...fixed];
}

export function isOver({ ends }: Announcement, now: number): boolean {
  return ends !== null && ends <= now;
}
