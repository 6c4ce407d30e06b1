/** One line of an issue's "What it must show". */
export interface Line {
  /** As the issue counts: `2`, or `2b`. */
  readonly number: string;
  readonly what: string;
  /** Answers the figure to print. Throws when the line falls short; the message says why. */
  readonly show: () => Promise<string>;
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
  for (const { number, what, show } of lines) {
    const begun = performance.now();
    const outcome = await show().then(
      (figure) => ({ ok: true, figure }),
      (error: unknown) => ({ ok: false, figure: error instanceof Error ? error.message : String(error) }),
    );
    if (!outcome.ok) short += 1;
    const seconds = ((performance.now() - begun) / 1000).toFixed(0);
    console.log(`${number.padEnd(3)} ${outcome.ok ? 'ok' : 'FALLS SHORT'}  ${what} (${seconds} s)`);
    console.log(`      ${outcome.figure.replaceAll('\n', '\n      ')}\n`);
  }
  console.log(`${lines.length - short} passed, ${short} failed`);
  if (lines.length < all.length) console.log(`${all.length - lines.length} of ${all.length} were left out`);
  process.exitCode = short === 0 && lines.length === all.length ? 0 : 1;
}
