import type { Override, Profile } from '../../../domain/profile.ts';
import type { Mount, SpawnSettings } from '../../../domain/settings.ts';

/** What of the configuration the gate goes by: the same that the hub starts servers with. */
export interface GateMenu {
  readonly settings: SpawnSettings;
  readonly profiles: readonly Profile[];
  readonly rootAllowed: boolean;
  /** Ids of GPUs, and device files. */
  readonly gpus: readonly string[];
  /** The group of shared folders, beside those that profiles name. */
  readonly sharedGid: number;
}

/** What containers may be made of, as the configuration has it. */
export interface GatePolicy {
  readonly instance: string;
  readonly network: string;
  readonly rootAllowed: boolean;
  readonly gpus: ReadonlySet<string>;
  readonly devices: ReadonlySet<string>;
  readonly groups: ReadonlySet<string>;
  /** Berth's own, for what leads to ports; null: none is configured. */
  readonly forwarderImage: string | null;
  allowsImage(image: string): boolean;
  /** A path of the machine, for reading only or for writing too. */
  allowsBind(source: string, readOnly: boolean): boolean;
  /** Whether the configuration would give a volume this name. */
  namesVolume(name: string): boolean;
}

export function gatePolicy({ settings, profiles, rootAllowed, gpus, sharedGid }: GateMenu): GatePolicy {
  const overrides = profiles.flatMap(overridesOf);
  const mounts = [settings.mounts, ...overrides.map((one) => one.mounts ?? [])].flat();
  const images = new Set([settings.image, ...overrides.flatMap(({ image }) => image ?? [])]);
  const binds = mounts.filter(({ type }) => type === 'bind');
  const volumes = [settings.volumeTemplate, ...sourcesOf(mounts, 'volume')].map(templatePattern);
  const files = [...settings.devices, ...overrides.flatMap(({ devices }) => devices ?? [])];
  const groups = [...settings.groups, ...overrides.flatMap(({ groups: more }) => more ?? [])];
  return {
    instance: settings.instance,
    network: settings.network,
    rootAllowed,
    gpus: new Set(gpus),
    devices: new Set([...files, ...gpus.filter((id) => id.startsWith('/'))]),
    groups: new Set([...groups, sharedGid].map(String)),
    forwarderImage: settings.forwarderImage ?? null,
    allowsImage: (image) => images.has(image) || isUnlisted(profiles, image),
    allowsBind: (source, readOnly) =>
      isPlainPath(source) &&
      binds.some((mount) => (readOnly || !mount.readOnly) && templatePattern(mount.source).test(source)),
    namesVolume: (name) => volumes.some((pattern) => pattern.test(name)),
  };
}

function overridesOf({ override, options }: Profile): readonly Override[] {
  return [override, ...options.flatMap(({ choices }) => choices.map((choice) => choice.override))];
}

function sourcesOf(mounts: readonly Mount[], type: Mount['type']): readonly string[] {
  return mounts.filter((mount) => mount.type === type).map(({ source }) => source);
}

/** Names of people and servers, escaped or as they are: no slash among their letters. */
const OF_A_PERSON = '[A-Za-z0-9_.@-]{1,200}';

/** Fits what `fillNames` makes of a template. */
function templatePattern(template: string): RegExp {
  const parts = template.split(/\{(?:raw_|unescaped_)?(?:username|servername)\}/);
  return new RegExp(`^${parts.map((part) => RegExp.escape(part)).join(OF_A_PERSON)}$`);
}

/** Begins with a slash and leads nowhere else: no `..`, no `.`, nothing doubled. */
function isPlainPath(path: string): boolean {
  return (
    path.startsWith('/') &&
    !path.split('/').some((part) => part === '.' || part === '..') &&
    !path.includes('//')
  );
}

/** An image of somebody's own choice fits when a text makes it: the image's whole name, or a part of it. */
function isUnlisted(profiles: readonly Profile[], image: string): boolean {
  const texts = partsOf(image);
  return profiles.some(({ options }) =>
    options.some(
      ({ unlisted }) => unlisted !== null && texts.some((text) => unlisted.read(text)?.image === image),
    ),
  );
}

/** Every piece between two marks of a name: where a configuration writes `registry/{value}:latest`, one of them is the value. */
function partsOf(image: string): readonly string[] {
  const ends = [
    0,
    ...[...image.matchAll(/[/:@-]/g)].flatMap(({ index }) => [index, index + 1]),
    image.length,
  ];
  const places = ends.slice(0, 40);
  if (!places.includes(image.length)) places.push(image.length);
  return places.flatMap((from) => places.filter((to) => to > from).map((to) => image.slice(from, to)));
}
