import type { Messages } from '../messages/en.ts';
import { Field } from './field.tsx';

interface PasswordFieldProps {
  readonly t: Messages;
  /** Also the field's name. */
  readonly id: string;
  readonly label: string;
  readonly autocomplete: 'current-password' | 'new-password';
  readonly hint?: string;
  readonly focus?: boolean;
  readonly invalid?: boolean;
}

/** With scripts it can be shown, and says when Caps Lock is on; both parts stay hidden without. */
export function PasswordField({ t, id, label, autocomplete, hint, focus, invalid }: PasswordFieldProps) {
  return (
    <Field id={id} label={label} hint={hint} invalid={invalid} password>
      {(control) => (
        <>
          <div class="with-button">
            <input
              {...control}
              name={id}
              type="password"
              autocomplete={autocomplete}
              maxLength={1024}
              required
              autofocus={focus === true}
            />
            <button class="inside" type="button" hidden aria-pressed="false" aria-controls={id} data-show>
              <span class="visually-hidden">{t.login.show}</span>
              <svg viewBox="0 0 20 20" aria-hidden="true" focusable="false">
                <path d="M10 4C5.5 4 2.3 7.2 1 10c1.3 2.8 4.5 6 9 6s7.7-3.2 9-6c-1.3-2.8-4.5-6-9-6Zm0 10.2A4.2 4.2 0 1 1 10 5.8a4.2 4.2 0 0 1 0 8.4Zm0-6.4a2.2 2.2 0 1 0 0 4.4 2.2 2.2 0 0 0 0-4.4Z" />
              </svg>
            </button>
          </div>
          <p class="hint" role="status" hidden data-caps>
            {t.login.caps}
          </p>
        </>
      )}
    </Field>
  );
}
