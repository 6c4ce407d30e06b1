import type { AnnouncementLevel, AnnouncementPlace } from '../../domain/announcement.ts';
import type { Messages } from './messages/en.ts';
import type { Shell } from './props.ts';

/** How long, in seconds; the empty word is until somebody clears it. */
export type AnnouncementTerm = keyof Messages['announcements']['terms'];

export interface AnnouncementProps {
  readonly text: string;
  readonly level: AnnouncementLevel;
  readonly place: AnnouncementPlace | 'everywhere';
  readonly by: string;
  readonly created: number;
  readonly ends: number | null;
  /** Takes POST. */
  readonly clear: string;
}

export interface AnnouncementsProps {
  readonly shell: Shell;
  readonly made: readonly AnnouncementProps[];
  /** Those of the configuration. */
  readonly fixed: readonly Pick<AnnouncementProps, 'text' | 'place'>[];
  readonly most: number;
  readonly notice: string | null;
  readonly error: string | null;
  /** What stood in the form, after an error. */
  readonly form: {
    readonly text: string;
    readonly level: AnnouncementLevel;
    readonly place: AnnouncementProps['place'];
    readonly ends: AnnouncementTerm;
  };
  /** Takes POST. */
  readonly action: string;
}
