import type { Settings } from './config/settings.ts';
import type { Clock, Random } from './domain/ports.ts';
import type { Store } from './domain/store.ts';
import { type Announcements, makeAnnouncements } from './usecases/announce.ts';

/** Announcements of the configuration as it is when a page is made, and those of administrators. */
export function composeAnnouncements(
  ports: { readonly store: Store; readonly clock: Clock; readonly random: Random },
  settings: () => Settings,
): Announcements {
  return makeAnnouncements({
    ...ports,
    configured: () => {
      const { announcement, templateVars } = settings();
      return { ...templateVars, everywhere: announcement ?? templateVars.everywhere };
    },
  });
}
