import { Field } from './field.tsx';

interface NameFieldProps {
  /** Also the field's name. */
  readonly id: string;
  readonly label: string;
  readonly value: string;
  readonly hint?: string;
  readonly focus: boolean;
}

/** A user's name, as password managers and phones should take it. */
export function NameField({ id, label, value, hint, focus }: NameFieldProps) {
  return (
    <Field id={id} label={label} hint={hint}>
      {(control) => (
        <input
          {...control}
          name={id}
          value={value}
          autocomplete="username"
          autocapitalize="none"
          spellcheck={false}
          maxLength={64}
          required
          autofocus={focus}
        />
      )}
    </Field>
  );
}
