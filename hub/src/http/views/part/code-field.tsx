import { Field } from './field.tsx';

interface CodeFieldProps {
  /** Also the field's name. */
  readonly id: string;
  readonly label: string;
  readonly hint?: string;
  readonly invalid?: boolean;
  /** Recovery codes are typed here, too: they have letters. */
  readonly recovery?: boolean;
  /** Not where it stands under a name and a password. */
  readonly focus?: boolean;
  /** Some may have none. */
  readonly optional?: boolean;
}

/** A one-time code: digits first on a phone, and filled in by those that know it. */
export function CodeField({ id, label, hint, invalid, recovery, focus = true, optional }: CodeFieldProps) {
  return (
    <Field id={id} label={label} hint={hint} invalid={invalid}>
      {(control) => (
        <input
          {...control}
          name={id}
          class="code-input"
          type="text"
          inputMode={recovery === true ? 'text' : 'numeric'}
          autocomplete="one-time-code"
          autocapitalize="none"
          spellcheck={false}
          maxLength={64}
          required={optional !== true}
          autofocus={focus}
        />
      )}
    </Field>
  );
}
