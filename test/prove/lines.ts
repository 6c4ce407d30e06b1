/** One line of an issue's "What it must show". */
export interface Line {
  /** As the issue counts: `2`, or `2b`. */
  readonly number: string;
  readonly what: string;
  /** Answers the figure to print. Throws when the line falls short; the message says why. */
  readonly show: () => Promise<string>;
  /** It takes long and measures no speed: it is begun in its turn, goes by beside those that follow, and is told at the end. */
  readonly beside?: true;
}

interface Shown {
  readonly ok: boolean;
  readonly figure: string;
  readonly seconds: number;
}

/** `PROVE_LINES=1c,2` shows these only, for whoever mends them; such a run says so and proves nothing. */
const CHOSEN = process.env.PROVE_LINES?.split(',');

/**
 * Shows lines one by one, each with its figure and `ok` or `falls short`; goes on after a failure, so that
 * one run tells everything. Sets the exit code.
 */
export async function showLines(title: string, all: readonly Line[]): Promise<void> {
  console.log(`${title}\n`);
  let short = 0;
  const lines = all.filter(({ number }) => CHOSEN?.includes(number) ?? true);
  const beside: (readonly [Line, Promise<Shown>])[] = [];
  const tell = ({ number, what }: Line, { ok, figure, seconds }: Shown) => {
    if (!ok) short += 1;
    console.log(`${number.padEnd(3)} ${ok ? 'ok' : 'FALLS SHORT'}  ${what} (${seconds.toFixed(0)} s)`);
    console.log(`      ${figure.replaceAll('\n', '\n      ')}\n`);
  };
  for (const line of lines) {
    if (line.beside) beside.push([line, outcomeOf(line)]);
    else tell(line, await outcomeOf(line));
  }
  for (const [line, outcome] of beside) tell(line, await outcome);
  console.log(`${lines.length - short} passed, ${short} failed`);
  if (lines.length < all.length) console.log(`${all.length - lines.length} of ${all.length} were left out`);
  process.exitCode = short === 0 && lines.length === all.length ? 0 : 1;
}

async function outcomeOf({ show }: Line): Promise<Shown> {
  const begun = performance.now();
  const done = (ok: boolean, figure: string) => ({ ok, figure, seconds: (performance.now() - begun) / 1000 });
  try {
    return done(true, await show());
  } catch (error) {
    return done(false, error instanceof Error ? error.message : String(error));
  }
}
