import type { Shell } from '../props.ts';
import { Action } from './action.tsx';

interface StopServerProps {
  readonly shell: Shell;
  readonly label: string;
  readonly action: string;
  readonly back?: string | null;
}

/** Stopping loses what is in memory, so the first press only opens the sentence that says so. */
export function StopServer({ shell, label, action, back = null }: StopServerProps) {
  const { t } = shell;
  return (
    <details class="confirm" name="confirm">
      <summary class="button" aria-label={t.server.stopNamed(label)}>
        {t.server.stop}
      </summary>
      <div class="confirm-panel">
        <p>
          <strong>{t.server.stopTitle}</strong> {t.server.stopLoses}
        </p>
        <Action
          shell={shell}
          action={action}
          look="button danger"
          back={back}
          name={`${t.server.stopConfirm}: ${label}`}
        >
          {t.server.stopConfirm}
        </Action>
      </div>
    </details>
  );
}
