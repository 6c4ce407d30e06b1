import type { ComponentChildren } from 'preact';

/** What the control itself carries, so that it belongs to its label, its hint and its fault. */
export interface ControlProps {
  readonly id: string;
  readonly 'aria-describedby': string | undefined;
  readonly 'aria-invalid': 'true' | undefined;
}

interface FieldProps {
  readonly id: string;
  readonly label: string;
  readonly hint?: string | undefined;
  /** It was not accepted; why stands over the form. */
  readonly invalid?: boolean | undefined;
  /** The password's parts that scripts look for. */
  readonly password?: boolean;
  readonly children: (control: ControlProps) => ComponentChildren;
}

/** The frame of every field: label, hint, control. Screen readers are told the hint with the control. */
export function Field({ id, label, hint, invalid, password, children }: FieldProps) {
  return (
    <div class="field" data-password={password}>
      <label for={id}>{label}</label>
      {hint === undefined ? null : (
        <p class="hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      {children({
        id,
        'aria-describedby': hint === undefined ? undefined : `${id}-hint`,
        'aria-invalid': invalid === true ? 'true' : undefined,
      })}
    </div>
  );
}
