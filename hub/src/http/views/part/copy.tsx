import type { Messages } from '../messages/en.ts';

/** A word to take along: one press selects it whole, and with scripts a button copies it. */
export function Copy({ t, word }: { t: Messages; word: string }) {
  return (
    <p class="copy" data-copy={word}>
      <code class="number">{word}</code>
      <button class="button" type="button" hidden data-done={t.tokens.copied}>
        {t.tokens.copy}
      </button>
    </p>
  );
}
