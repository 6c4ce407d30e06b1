import type { FaultsLab } from './faults-lab.ts';
import type { Door } from './witness.ts';

/** What may be answered while a fault lasts: codes of a door (`Look.code`), as an expression over the whole of one. */
export interface Expected {
  readonly doors: Readonly<Record<Door, RegExp>>;
  /** What somebody must have been told, at a door, by the script's answers, or when a newcomer wanted to start. */
  readonly words?: RegExp;
  /** What comes of a newcomer who signs in and presses Start meanwhile: `started`, or the act and the code. Absent: either. */
  readonly newcomer?: RegExp;
  /** What accounts and tokens made meanwhile are answered with, besides 201. */
  readonly script: RegExp;
  /** Whether the class's WebSockets stay open. */
  readonly sockets: 'kept' | 'cut';
}

export interface Fault {
  readonly name: string;
  /** One sentence: what is done. */
  readonly what: string;
  /** How long it lasts, in seconds, before it is mended. */
  readonly seconds: number;
  readonly expects: Expected;
  /** Who mends it, for the table. */
  readonly mended: string;
  /** Seconds after which everything must be well again, once it is mended. */
  readonly within: number;
  /** Two that take the same thing away make no pair. */
  readonly takes:
    | 'hub'
    | 'proxy'
    | 'front'
    | 'engine'
    | 'notebook'
    | 'data'
    | 'network'
    | 'clock'
    | 'certificate'
    | 'provider';
  /** Does it; answers what mends it (nothing, where that goes by itself). */
  readonly inject: (lab: FaultsLab) => Promise<() => Promise<void>>;
}

export const NOTHING = (): Promise<void> => Promise.resolve();
/** Well, and nothing else. */
export const WELL = /^200$/;
/** The hub is away: the proxy says so, or the front server that the proxy is. */
export const AWAY = /^(?:200|50[234]|UND_ERR_\w+|ERR_HTTP2_\w+|ECONN\w+|late)$/;
/** The same of a notebook whose server may end with it: then its page says so, or that it starts again. */
export const ENDED =
  /^(?:200|200 at \/hub\/spawn-pending.*|424|50[0234]|UND_ERR_\w+|ERR_HTTP2_\w+|ECONN\w+|late)$/;
