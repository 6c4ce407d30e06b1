import type { Override, Profile } from '../domain/profile.ts';
import { spawnSettings } from './rooms.ts';
import type { Settings } from './settings.ts';

/** What of a start people may choose. `rootAllowed`: servers may run as root. */
export function spawnMenu(settings: Settings) {
  return {
    settings: spawnSettings(settings),
    profiles: profilesOf(settings),
    rootAllowed: settings.rootServers,
    shared: { folders: settings.sharedFolders, gid: settings.sharedGid },
  };
}

/** The profiles; without any, the images of `allowed_images` as the options of one. */
function profilesOf({ profileList, allowedImages, image }: Settings): readonly Profile[] {
  if (profileList.profiles.length > 0 || allowedImages.length === 0) return profileList.profiles;
  const listed = allowedImages === '*' ? [[image, image] as const] : allowedImages;
  const option = {
    key: 'image',
    name: 'Image',
    choices: listed.map(([name, reference]) => ({
      key: name,
      name,
      isDefault: reference === image,
      override: { image: reference },
    })),
    unlisted:
      allowedImages !== '*'
        ? null
        : {
            name: 'Image of your own',
            choiceName: 'Other…',
            pattern: IMAGE,
            message: 'Write the name of an image, such as quay.io/jupyter/scipy-notebook:latest.',
            read: (text: string): Override | null =>
              new RegExp(`^${IMAGE}$`).test(text) ? { image: text } : null,
          },
  };
  const rest = { description: '', isDefault: true, override: {}, allowedGroups: null, allowedUsers: null };
  return [{ slug: 'server', name: 'Your server', options: [option], ...rest }];
}

/** No repetition within a repetition: tested in a time in proportion to the text. */
const IMAGE = '[A-Za-z0-9][A-Za-z0-9_.:/@-]{0,254}';

/** Paths of profiles that would run as root although the settings do not allow it. */
export function rootFaults({ profileList, rootServers }: Settings): readonly string[] {
  if (rootServers) return [];
  const asRoot = profileList.profiles.filter(({ override, options }) =>
    [override, ...options.flatMap(({ choices }) => choices.map((choice) => choice.override))].some(
      ({ uid }) => uid === 0,
    ),
  );
  return asRoot.map(
    ({ slug }) =>
      `would run ${slug} as root (uid: 0): its start is refused unless ROOT_SERVERS=true allows it`,
  );
}
