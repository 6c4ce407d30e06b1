/** Somebody's one file: its lines are numbered, so that what came back tells how much of it was kept. */
interface Saved {
  /** The last number that the server said it has; 0: none yet. */
  acknowledged: number;
  /** The last number that was sent, answered or not. */
  sent: number;
}

/** What the hub and people's servers have said that they keep. Nothing of it may be lost, whatever happens meanwhile. */
export class Ledger {
  readonly #files = new Map<string, Saved>();
  readonly accounts: string[] = [];
  /** Tokens that were handed out. */
  readonly tokens: string[] = [];

  /** The number to send next for this person. */
  next(user: string): number {
    const file = this.#files.get(user) ?? { acknowledged: 0, sent: 0 };
    file.sent += 1;
    this.#files.set(user, file);
    return file.sent;
  }

  acknowledged(user: string, number: number): void {
    const file = this.#files.get(user);
    if (file !== undefined) file.acknowledged = Math.max(file.acknowledged, number);
  }

  /** Those with something to lose. */
  get savers(): readonly string[] {
    return [...this.#files].filter(([, { acknowledged }]) => acknowledged > 0).map(([user]) => user);
  }

  get saves(): number {
    return [...this.#files.values()].reduce((sum, { acknowledged }) => sum + acknowledged, 0);
  }

  /** The last number of this person's that was acknowledged, for a look that begins now. */
  acknowledgedOf(user: string): number {
    return this.#files.get(user)?.acknowledged ?? 0;
  }

  /**
   * What is wrong with the number that a file has, or null. One that was sent and not answered may be there.
   *
   * @param acknowledged when the look began: people go on saving meanwhile.
   */
  complaint(
    user: string,
    found: number | null,
    acknowledged: number = this.acknowledgedOf(user),
  ): string | null {
    const sent = this.#files.get(user)?.sent ?? 0;
    if (found !== null && found >= acknowledged && found <= sent) return null;
    return `${user}'s file: save ${acknowledged} was acknowledged, ${found === null ? 'nothing' : found} is there`;
  }
}
