/** What a card tells of its server's rest. Times are null where nothing will happen. */
export interface IdleProps {
  readonly freezesAt: number | null;
  readonly stopsAt: number | null;
  /** Of the stop. */
  readonly why: 'idle' | 'aged' | null;
  readonly keptUntil: number | null;
  /** The stop is so near that its owner has to be told. */
  readonly warned: boolean;
  /** Milliseconds for which one press keeps it; null when that would change nothing. */
  readonly keepFor: number | null;
  /** Takes POST. */
  readonly keep: string;
}
