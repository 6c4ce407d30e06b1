import type { ServerState } from '../../domain/server.ts';
import type { Shell } from './props.ts';
import type { ServerLinks } from './server-props.ts';
import type { SparkProps, UsageNowProps } from './usage-props.ts';

/** What the administrator's list of servers is given. */

export const SERVER_FILTERS = ['up', 'ready', 'busy', 'idle', 'failed', 'stopped', 'all'] as const;
export type ServerFilter = (typeof SERVER_FILTERS)[number];
export const SERVER_SORTS = ['user', 'state', 'image', 'since', 'idle', 'cpu', 'memory'] as const;
export type ServerSort = (typeof SERVER_SORTS)[number];
export const PAGE_SIZES = [25, 50, 100, 300] as const;
export type PageSize = (typeof PAGE_SIZES)[number];

/** The whole state of the list; it stands in the URL. */
export interface ServersQuery {
  readonly q: string;
  readonly show: ServerFilter;
  readonly sort: ServerSort;
  readonly order: 'asc' | 'desc';
  readonly size: PageSize;
  /** From 1. */
  readonly page: number;
}

export interface ServerRowProps {
  /** Of its element on the page. */
  readonly id: string;
  /** `user/name`, as forms send it. */
  readonly key: string;
  readonly user: string;
  /** Empty for the default server. */
  readonly name: string;
  readonly label: string;
  readonly state: ServerState;
  readonly image: string | null;
  readonly profile: string | null;
  readonly started: number | null;
  readonly lastActivity: number | null;
  readonly usage: UsageNowProps;
  readonly sparks: { readonly cores: SparkProps; readonly memory: SparkProps } | null;
  readonly links: ServerLinks;
  /** Its page of charts. */
  readonly usagePage: string;
}

export interface ServersTotals {
  readonly known: number;
  readonly running: number;
  readonly matching: number;
  /** That belong into this list now, and are not on the page that the reader has. */
  readonly fresh: number;
}

export interface ServersProps {
  readonly shell: Shell;
  readonly query: ServersQuery;
  readonly rows: readonly ServerRowProps[];
  readonly totals: ServersTotals;
  /** Whether the reader may stop servers at all. */
  readonly mayStop: boolean;
}

/** The question before many are stopped. */
export interface StopManyProps {
  readonly shell: Shell;
  readonly servers: readonly Pick<ServerRowProps, 'key' | 'label' | 'state' | 'lastActivity'>[];
  /** The most at once, when there were more. */
  readonly cut: number | null;
  /** Back to the list as it was. */
  readonly back: string;
}

export interface StopResultProps {
  readonly label: string;
  readonly result: 'stopped' | 'late' | 'refused' | 'gone';
  /** Why, when it was refused. */
  readonly words: string;
}

export interface StoppedManyProps {
  readonly shell: Shell;
  readonly results: readonly StopResultProps[];
  readonly back: string;
}
