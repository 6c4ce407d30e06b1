/** Figures of interleaved rounds: name of the contender → one number a round. */
export type Rounds = Map<string, number[]>;

export function note(rounds: Rounds, name: string, figure: number): void {
  rounds.set(name, [...(rounds.get(name) ?? []), figure]);
}

export function median(figures: readonly number[]): number {
  const sorted = [...figures].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1
    ? (sorted[middle] ?? Number.NaN)
    : ((sorted[middle - 1] ?? Number.NaN) + (sorted[middle] ?? Number.NaN)) / 2;
}

/** Median of the ratios round by round: what disturbs a round disturbs both sides of its ratio. */
export function ratio(rounds: Rounds, of: string, to: string): number {
  const below = rounds.get(to) ?? [];
  return median((rounds.get(of) ?? []).map((figure, round) => figure / (below[round] ?? Number.NaN)));
}

/** Names in another order each round, so that no place in the order favours anyone. */
export function shuffled<T>(items: readonly T[]): T[] {
  const copy = [...items];
  for (let i = copy.length - 1; i > 0; i -= 1) {
    const j = Math.floor(Math.random() * (i + 1));
    const [a, b] = [copy[i], copy[j]];
    if (a !== undefined && b !== undefined) [copy[i], copy[j]] = [b, a];
  }
  return copy;
}

const lines: { text: string; reached: boolean | undefined }[] = [];

export function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

export function row(label: string, rounds: Rounds, digits = 0, factor = 1): void {
  const figures = [...rounds]
    .sort(([a], [b]) => a.localeCompare(b))
    .map(([name, values]) => `${name} ${(median(values) * factor).toFixed(digits)}`);
  say(`  ${label.padEnd(34)} ${figures.join('   ')}`);
}

/** One number to reach. It is printed at once and again at the end. */
export function claim(what: string, figure: number, bound: '>=' | '<=', limit: number): void {
  const reached = bound === '>=' ? figure >= limit : figure <= limit;
  const text = `${reached ? 'yes' : 'NO '}  ${what}: ${figure.toFixed(2)} (to reach: ${bound} ${limit})`;
  lines.push({ text, reached });
  say(`  ${text}`);
}

/** Prints all claims; true if every one was reached. */
export function verdict(): boolean {
  say('\nWhat was to be reached');
  for (const { text } of lines) say(`  ${text}`);
  return lines.every(({ reached }) => reached === true);
}
