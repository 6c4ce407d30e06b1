/** Servers that start by themselves, before a class. */
export interface Schedule {
  /** Unique; what people call it. */
  readonly name: string;
  /** Cron, five fields, in the schedule's own time zone. */
  readonly start: string;
  /** When what it started, and nobody uses, stops; cron, or null: the culler sees to it. */
  readonly stop: string | null;
  /** `Europe/Berlin`. */
  readonly timezone: string;
  /** Whose servers: members of these groups, and these people. */
  readonly groups: readonly string[];
  readonly users: readonly string[];
  /** Slug of the profile, or null: what each chose last, or the default. */
  readonly profile: string | null;
  /** Name of the server; empty: everybody's own. */
  readonly server: string;
}

/** What came of a schedule's last tick. */
export interface ScheduleRun {
  readonly name: string;
  /** The tick, not when it was carried out. */
  readonly at: number;
  /** The last tick of its stop that was carried out, or null. */
  readonly stoppedAt: number | null;
  readonly started: number;
  /** Ran already. */
  readonly running: number;
  readonly failed: number;
}
