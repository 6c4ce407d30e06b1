import type { Shell } from './props.ts';

/** The limits of a running server, to be changed while it runs. */
export interface LimitsProps {
  readonly shell: Shell;
  /** Whose, in words. */
  readonly label: string;
  readonly action: string;
  /** In words; null: none. */
  readonly memory: string | null;
  readonly cpus: string | null;
  /** What was typed, when it was refused. */
  readonly typed: { readonly memory: string; readonly cpus: string };
  /** Why nothing was changed. */
  readonly complaint: string | null;
  readonly changed: boolean;
}
