import { Field } from './field.tsx';

interface NamesFieldProps {
  /** Also the field's name. */
  readonly id: string;
  readonly label: string;
  readonly hint: string;
  readonly value: string;
}

/** Many names, as pasted from a list. */
export function NamesField({ id, label, hint, value }: NamesFieldProps) {
  return (
    <Field id={id} label={label} hint={hint}>
      {(control) => (
        <textarea {...control} name={id} rows={4} spellcheck={false} autocapitalize="none" required>
          {value}
        </textarea>
      )}
    </Field>
  );
}
