import type { UsageSpan } from '../../domain/usage.ts';
import type { Shell } from './props.ts';

/** What is shown of usage. Memory and files in bytes, CPU in cores. */

/** An amount and what it may be; `limit` null: none. */
export interface AmountProps {
  readonly used: number;
  readonly limit: number | null;
}

/** Each null when it is not known. */
export interface UsageNowProps {
  readonly cores: AmountProps | null;
  readonly memory: AmountProps | null;
  readonly disk: AmountProps | null;
}

/** A small line without axes: the last hour. Null where nothing was measured. */
export interface SparkProps {
  readonly points: readonly (number | null)[];
  /** What the top of the drawing stands for. */
  readonly top: number;
}

export interface ChartLine {
  /** Its place among the colours, and its name when there are several. */
  readonly look: 'used' | 'servers' | 'committed' | 'guaranteed';
  readonly points: readonly (number | null)[];
}

export interface ChartProps {
  readonly id: 'cores' | 'memory' | 'gpus' | 'servers';
  readonly unit: 'bytes' | 'cores' | 'count';
  /** When each point's stretch ends. */
  readonly times: readonly number[];
  readonly lines: readonly ChartLine[];
  /** Drawn across: the limit, or what the machine has. Null: none. */
  readonly limit: number | null;
}

export interface UserUsageProps {
  readonly label: string;
  readonly href: string;
  readonly cores: number | null;
  readonly memory: number;
}

/** The part of a usage page that changes: sent whole. */
export interface UsageLiveProps {
  readonly shell: Shell;
  readonly state: 'measured' | 'none' | 'off' | 'stopped';
  readonly charts: readonly ChartProps[];
  /** Words below the charts: servers without limits. */
  readonly notes: readonly string[];
  readonly biggest: readonly UserUsageProps[];
}

export interface UsagePageProps {
  readonly live: UsageLiveProps;
  readonly title: string;
  /** Milliseconds between two looks. */
  readonly every: number;
  readonly span: UsageSpan;
  /** Of this page, without its query. */
  readonly path: string;
  /** The event stream. */
  readonly stream: string;
  /** Whether it is the machine's, among the administrators' pages. */
  readonly machine: boolean;
}
