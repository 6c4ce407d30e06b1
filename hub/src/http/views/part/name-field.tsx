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
    <div class="field">
      <label for={id}>{label}</label>
      {hint === undefined ? null : (
        <p class="hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      <input
        id={id}
        name={id}
        value={value}
        autocomplete="username"
        autocapitalize="none"
        spellcheck={false}
        maxLength={64}
        required
        autofocus={focus}
        aria-describedby={hint === undefined ? undefined : `${id}-hint`}
      />
    </div>
  );
}
