import type { Shell } from './props.ts';

/** An option of a profile: choices, a text of one's own, or both. */
export interface ProfileOptionProps {
  readonly field: string;
  readonly name: string;
  readonly choices: readonly { readonly key: string; readonly name: string; readonly selected: boolean }[];
  readonly unlisted: {
    readonly field: string;
    /** What the select says when the text counts. */
    readonly value: string;
    readonly name: string;
    readonly choiceName: string;
    readonly pattern: string | null;
    readonly message: string;
    readonly text: string;
    readonly selected: boolean;
  } | null;
}

export interface ProfileCardProps {
  readonly slug: string;
  readonly name: string;
  /** Plain text. */
  readonly description: string;
  readonly checked: boolean;
  /** Whether its image is on this machine; null: not known just now. */
  readonly here: boolean | null;
  readonly options: readonly ProfileOptionProps[];
}

export interface SpawnFormProps {
  readonly shell: Shell;
  readonly label: string;
  readonly action: string;
  /** Already safe. */
  readonly next: string | null;
  readonly profiles: readonly ProfileCardProps[];
  /** What is wrong with the choice that was sent or linked to. */
  readonly complaint: string | null;
}
