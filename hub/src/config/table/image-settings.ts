import { flag, number, reader, setting } from '../setting.ts';

/** A list of images, or as z2jh has it a mapping of names to `{name, tag}`. */
const images = reader(
  { type: ['array', 'object', 'string', 'null'] },
  'should be images, such as lab:1 lab:2, or {"lab": {"name": "lab", "tag": "1"}}',
  (value): readonly string[] | undefined => {
    if (value === undefined || value === null) return [];
    if (typeof value === 'string') return value.split(/[\s,]+/).filter((word) => word !== '');
    const given = Array.isArray(value) ? value : typeof value === 'object' ? Object.values(value) : [];
    const read = given.map(referenceOf);
    return read.every((one) => one !== undefined) ? read : undefined;
  },
);

function referenceOf(given: unknown): string | undefined {
  if (typeof given === 'string') return given;
  if (typeof given !== 'object' || given === null || !('name' in given)) return undefined;
  if (typeof given.name !== 'string') return undefined;
  return 'tag' in given && given.tag !== null ? `${given.name}:${String(given.tag)}` : given.name;
}

/** Images that are fetched before anybody waits for them. */
export const IMAGE_SETTINGS = {
  prePullAtStart: setting({
    env: 'PRE_PULL_AT_START',
    trait: 'prePuller.hook.enabled',
    doc: 'Whether images of profiles that are not on this machine are fetched when the hub starts, so that nobody has to wait for them.',
    type: flag,
    fallback: 'true',
  }),
  prePullAgain: setting({
    env: 'PRE_PULL_AGAIN',
    trait: 'prePuller.continuous.enabled',
    doc: 'Whether the same is done again and again, for profiles that are new and images that were removed.',
    type: flag,
    fallback: 'true',
  }),
  prePullEvery: setting({
    env: 'PRE_PULL_EVERY',
    doc: 'Seconds between two such looks. Rounded to what cron can say.',
    type: number(10, 3600),
    fallback: '3600',
  }),
  prePullExtra: setting({
    env: 'PRE_PULL_IMAGES',
    trait: 'prePuller.extraImages',
    doc: 'Images that are fetched besides those of profiles.',
    type: images,
    reload: true,
  }),
  imageCheckEvery: setting({
    env: 'IMAGE_CHECK_HOURS',
    doc: 'Hours between two questions to the registries whether there are newer images. `0`: only when an administrator asks.',
    type: number(0, 720),
    fallback: '0',
  }),
} as const;
