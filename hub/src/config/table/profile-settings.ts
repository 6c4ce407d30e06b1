import { z } from 'zod';
import { jsonOf } from '../json-of.ts';
import { type ProfileList, readProfileList } from '../profiles/profile-list.ts';
import { flag, reader, setting } from '../setting.ts';

const profileList = z
  .unknown()
  .meta({ type: ['array', 'object', 'string', 'null'] })
  .transform((value, context): ProfileList => {
    const read = readProfileList(jsonOf(value) ?? [], '');
    if (typeof read !== 'string') return read;
    context.addIssue({ code: 'custom', message: `is wrong: ${read}` });
    return z.NEVER;
  });

/** What DockerSpawner takes: `*`, a list of images, or a mapping of what people read to images. */
const allowedImages = reader(
  { type: ['array', 'object', 'string', 'null'] },
  'should be images, such as lab:1 lab:2, or {"Old": "lab:1", "New": "lab:2"}, or *',
  (value): '*' | readonly (readonly [string, string])[] | undefined => {
    const given = jsonOf(value);
    if (given === '*') return '*';
    if (given === undefined || given === null) return [];
    const words = typeof given === 'string' ? given.split(/[\s,]+/).filter((word) => word !== '') : given;
    if (typeof words !== 'object') return undefined;
    const pairs: [string, unknown][] = Array.isArray(words)
      ? words.map((word) => [String(word), word])
      : Object.entries(words);
    return pairs.every((pair): pair is [string, string] => typeof pair[1] === 'string') ? pairs : undefined;
  },
);

/** What people may choose when they start a server. */
export const PROFILE_SETTINGS = {
  profileList: setting({
    env: 'PROFILES',
    trait: ['singleuser.profileList', 'KubeSpawner.profile_list'],
    doc: 'Kinds of servers to choose from, as in a z2jh `config.yaml`; in `.env` as JSON. Who may use one stands in its `allowed_groups` and `allowed_users`. With `kind: web` one is any web application.',
    type: profileList,
    reload: true,
  }),
  allowedImages: setting({
    env: 'ALLOWED_IMAGES',
    trait: ['DockerSpawner.allowed_images', 'DockerSpawner.image_whitelist'],
    doc: 'Images that people may choose, beside profiles the simpler way: a list, or what people read with its image. `*`: any image by its name. Empty: none but the one above.',
    type: allowedImages,
    reload: true,
  }),
  rootServers: setting({
    env: 'ROOT_SERVERS',
    doc: 'Whether a profile may start its server as root (`uid: 0`). Root in a container is shut in like everybody, but a mistake of the kernel costs more.',
    type: flag,
    fallback: 'false',
    reload: true,
  }),
} as const;
