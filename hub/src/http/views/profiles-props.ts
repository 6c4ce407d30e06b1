import type { Shell } from './props.ts';

/** What a profile gives, in words and amounts that are ready to be read. */
export interface ProfileFactsProps {
  readonly slug: string;
  /** Null: the settings themselves, of whatever server. */
  readonly name: string | null;
  readonly description: string;
  readonly isDefault: boolean;
  /** Both null: everybody's. */
  readonly groups: readonly string[] | null;
  readonly people: readonly string[] | null;
  readonly image: string;
  /** Whether it is on this machine; null when the engine does not say. */
  readonly here: boolean | null;
  readonly memory: number | null;
  readonly memoryGuarantee: number;
  readonly cpus: number | null;
  readonly cpuGuarantee: number;
  readonly gpus: number;
  readonly command: readonly string[] | null;
  readonly uid: number | null;
  readonly opens: string;
  readonly mounts: readonly string[];
  readonly options: readonly {
    readonly name: string;
    readonly choices: readonly string[];
    readonly ownText: boolean;
  }[];
  /** It would run as root, which the settings do not allow. */
  readonly refused: boolean;
}

export interface ProfilesProps {
  readonly shell: Shell;
  readonly profiles: readonly ProfileFactsProps[];
}
