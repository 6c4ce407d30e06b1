// The form of profiles, from a list as it stands in a z2jh config.yaml, and with one that tries to break out.
import { readProfileList } from '../../hub/src/config/profiles/profile-list.ts';
import { presentProfiles } from '../../hub/src/http/pages/spawn-choices.ts';
import type { Shell } from '../../hub/src/http/views/props.ts';
import { renderPage } from '../../hub/src/http/views/render.ts';
import { SpawnFormView } from '../../hub/src/http/views/spawn-form.tsx';

const HOSTILE = '"><script>alert(1)</script>';

const LIST = [
  {
    display_name: 'Small',
    description: 'JupyterLab with Python. 1 core, 2 GB of memory.',
    default: true,
  },
  {
    display_name: 'Machine learning course',
    slug: 'course',
    description: 'What the exercises need, with the course’s data under /data. 2 cores, 8 GB of memory.',
    profile_options: {
      image: {
        display_name: 'Version',
        choices: {
          '2026': { display_name: 'Autumn 2026', default: true },
          '2025': { display_name: 'Autumn 2025' },
        },
        unlisted_choice: {
          enabled: true,
          display_name: 'Image',
          validation_regex: 'lab:.+',
          kubespawner_override: { image: '{value}' },
        },
      },
      size: {
        display_name: 'Memory',
        choices: { small: { display_name: '4 GB' }, large: { display_name: '8 GB' } },
      },
    },
  },
  { display_name: 'With a GPU', slug: 'gpu', description: 'One NVIDIA A100. Starts when one is free.' },
];

/** @throws Error when the list above is wrong. */
export function spawnSamples(shell: Shell): Readonly<Record<string, string>> {
  const hostile = {
    display_name: HOSTILE,
    slug: HOSTILE,
    profile_options: { [HOSTILE]: { choices: { [HOSTILE]: { display_name: HOSTILE } } } },
  };
  const page = (list: unknown, chosen: Readonly<Record<string, string>>, complaint: string | null = null) => {
    const read = readProfileList(list, '');
    if (typeof read === 'string') throw new Error(read);
    const profiles = presentProfiles(read.profiles, chosen);
    const action = '/hub/spawn/ana';
    return renderPage(SpawnFormView, {
      shell,
      label: 'Your server',
      action,
      next: null,
      profiles,
      complaint,
    });
  };
  return {
    spawn: page(LIST, { profile: 'course' }),
    'spawn-own-image': page(LIST, { profile: 'course', 'image--unlisted-choice': 'lab:2027' }),
    'spawn-refused': page([...LIST, hostile], {}, `There is no profile ${HOSTILE} for you.`),
    'spawn-nothing': page([], {}),
  };
}
