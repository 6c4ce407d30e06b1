/**
 * What the views are given: small, plain values. Pages fill them; nothing here knows a request.
 * Times are milliseconds since the epoch. Links are paths that are ready to use.
 */
import type { AnnouncementShown } from '../../domain/announcement.ts';
import type { Abilities } from '../../domain/containers.ts';
import type { Messages } from './messages/en.ts';

export type Theme = 'system' | 'light' | 'dark';

/** Around every page. */
export interface Shell {
  readonly t: Messages;
  /** `/` or `/jhub/`. */
  readonly baseUrl: string;
  /** Asset's plain name → its address with the content hash. */
  readonly assets: Readonly<Record<string, string>>;
  readonly person: { readonly name: string; readonly admin: boolean } | null;
  /** Goes into the hidden field `_xsrf` of every form. */
  readonly xsrf: string;
  readonly theme: Theme;
  /** Path and query of this page: what the appearance form returns to. */
  readonly here: string;
  readonly now: number;
  /** One password, or none, opens every account here. */
  readonly unsafe: boolean;
  /** Whether the person has a password here that they can change. */
  readonly account: boolean;
  /** Servers run on many machines, and this is what such a cluster cannot do; absent: on one machine. */
  readonly lacks?: readonly (keyof Abilities)[];
  /** What everybody is told on this page. */
  readonly announcements?: readonly AnnouncementShown[];
}

export interface ErrorText {
  readonly title: string;
  readonly user: string;
}

export interface ErrorProps {
  readonly shell: Shell;
  readonly status: number;
  readonly title: string;
  readonly user: string;
  /** Null for people who are no administrators. */
  readonly admin: string | null;
  /** The request's id, which the log knows; null when a page of the proxy's stands for many requests. */
  readonly number: string | null;
  /** Whether the way on leads home, or to the sign-in page. */
  readonly home: boolean;
}
