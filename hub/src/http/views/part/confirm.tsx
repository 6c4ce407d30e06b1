import type { Shell } from '../props.ts';
import { Action } from './action.tsx';

interface ConfirmProps {
  readonly shell: Shell;
  /** The word on the first button, and what a screen reader is told of it. */
  readonly word: string;
  readonly name: string;
  readonly question: string;
  /** What is lost. */
  readonly loses: string;
  readonly yes: string;
  readonly action: string;
  readonly back?: string | null;
  readonly look?: string;
}

/** A button whose first press only opens the sentence that says what is lost. Needs no script. */
export function Confirm(props: ConfirmProps) {
  const { shell, word, name, question, loses, yes, action, back = null, look = 'button' } = props;
  return (
    <details class="confirm" name="confirm">
      <summary class={look} aria-label={name}>
        {word}
      </summary>
      <div class="confirm-panel">
        <p>
          <strong>{question}</strong> {loses}
        </p>
        <Action shell={shell} action={action} look="button danger" back={back} name={`${yes}: ${name}`}>
          {yes}
        </Action>
      </div>
    </details>
  );
}
