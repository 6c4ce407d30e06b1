import { Field } from './field.tsx';

interface SelectFieldProps {
  /** Also the field's name, unless it has one of its own. */
  readonly id: string;
  readonly name?: string;
  readonly label: string;
  readonly hint?: string;
  readonly options: readonly { readonly value: string; readonly label: string }[];
  readonly value: string;
}

/** One of a few. */
export function SelectField({ id, name = id, label, hint, options, value }: SelectFieldProps) {
  return (
    <Field id={id} label={label} hint={hint}>
      {(control) => (
        <select {...control} name={name}>
          {options.map((option) => (
            <option key={option.value} value={option.value} selected={option.value === value}>
              {option.label}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}
