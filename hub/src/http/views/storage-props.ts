import type { PullReport } from '../../domain/image-spread.ts';
import type { QuotaStanding } from '../../domain/storage-quota.ts';
import type { Shell } from './props.ts';

/** What the pages about volumes, images and saved environments are given. */

export interface VolumeRowProps {
  readonly name: string;
  /** Null: shared by groups. */
  readonly owner: string | null;
  /** Whether there is an account of the owner's name. */
  readonly account: boolean;
  readonly size: number | null;
  readonly lastUse: number | null;
  /** Names of containers. */
  readonly inUse: readonly string[];
  readonly doing: 'restored' | 'deleted' | null;
  readonly page: string;
}

export interface VolumesProps {
  readonly shell: Shell;
  /** Everybody's, for an administrator. */
  readonly admin: boolean;
  readonly rows: readonly VolumeRowProps[];
  readonly standing: QuotaStanding | null;
  readonly notice: string | null;
}

export interface VolumeProps {
  readonly shell: Shell;
  readonly row: VolumeRowProps;
  readonly notice: string | null;
  readonly error: string | null;
}

export interface ImageRowProps {
  readonly image: string;
  readonly usedBy: readonly string[];
  readonly servers: number;
  readonly here: boolean;
  /** What each machine of a cluster said; null on one machine. */
  readonly machines: readonly PullReport[] | null;
  readonly size: number | null;
  readonly freshness: 'current' | 'newer' | 'unknown';
  readonly trouble: string | null;
  readonly pulling: number | null;
}

export interface ImagesProps {
  readonly shell: Shell;
  readonly rows: readonly ImageRowProps[];
  /** Both take POST with the field `image`. */
  readonly pull: string;
  readonly check: string;
  readonly notice: string | null;
}

export interface EnvironmentProps {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly user: string;
  /** `owner`, `everyone`, or a group's name. */
  readonly whom: { readonly kind: 'owner' | 'everyone' } | { readonly kind: 'group'; readonly group: string };
  readonly size: number;
  readonly created: number;
  /** Takes POST. */
  readonly remove: string;
}

export interface EnvironmentsProps {
  readonly shell: Shell;
  readonly rows: readonly EnvironmentProps[];
  /** Running servers that may be saved: `ana` or `ana/gpu`, and what a page calls it. Null: the person may save none. */
  readonly servers: readonly { readonly key: string; readonly label: string }[] | null;
  /** Groups to share with; null: only administrators share. */
  readonly groups: readonly string[] | null;
  readonly have: number;
  readonly limit: number | null;
  /** Takes POST. */
  readonly save: string;
  readonly notice: string | null;
  readonly error: string | null;
  readonly form: { readonly name: string; readonly description: string };
}
