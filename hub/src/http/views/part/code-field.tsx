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
export function CodeField({
  id,
  label,
  hint,
  invalid,
  recovery,
  focus = true,
  optional = false,
}: CodeFieldProps) {
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
        class="code-input"
        type="text"
        inputMode={recovery === true ? 'text' : 'numeric'}
        autocomplete="one-time-code"
        autocapitalize="none"
        spellcheck={false}
        maxLength={64}
        required={!optional}
        autofocus={focus}
        aria-invalid={invalid === true ? 'true' : undefined}
        aria-describedby={hint === undefined ? undefined : `${id}-hint`}
      />
    </div>
  );
}
