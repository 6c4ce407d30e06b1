import { chooseProfile } from './choose-profile.ts';
import { Problem } from './problem.ts';
import type { Override, Profile } from './profile.ts';
import type { UserOptions } from './server.ts';

/** Who may start servers with a saved environment. */
export type Audience =
  | { readonly kind: 'owner' }
  | { readonly kind: 'group'; readonly group: string }
  | { readonly kind: 'everyone' };

/** A container that was made into an image, and is offered as a profile. */
export interface SavedEnvironment {
  /** Random; the key, and the tag of its image. */
  readonly id: string;
  readonly name: string;
  readonly description: string;
  /** Whose server it was. */
  readonly user: string;
  /** Who saved it. */
  readonly by: string;
  readonly audience: Audience;
  readonly image: string;
  /** Image of the server that it was made from. */
  readonly base: string;
  /** What its owner had chosen: command, limits and volumes of that profile come along. */
  readonly options: UserOptions;
  readonly created: number;
  /** Bytes of the whole image, the base included. */
  readonly size: number;
}

interface Viewer {
  readonly name: string;
  readonly groups: readonly string[];
}

function mayUseEnvironment({ user, audience }: SavedEnvironment, viewer: Viewer): boolean {
  if (audience.kind === 'everyone') return true;
  return audience.kind === 'group' ? viewer.groups.includes(audience.group) : user === viewer.name;
}

/** `saved-3f9c…`: no profile of the settings is called so by accident. */
export function slugOfEnvironment({ id }: Pick<SavedEnvironment, 'id'>): string {
  return `saved-${id}`;
}

/** Where profiles are configured by nobody, the usual server beside the saved ones. */
const STANDARD: Profile = {
  slug: 'standard',
  name: 'Standard',
  description: '',
  isDefault: true,
  override: {},
  options: [],
  allowedGroups: null,
  allowedUsers: null,
};

/**
 * What somebody may choose from: the profiles of the settings, then the saved environments that are theirs, the newest
 * first. Empty when there is nothing to choose: everybody's server is the same.
 */
export function withEnvironments(
  profiles: readonly Profile[],
  environments: Iterable<SavedEnvironment>,
  viewer: Viewer,
): readonly Profile[] {
  const own = [...environments].filter((one) => mayUseEnvironment(one, viewer));
  if (own.length === 0) return profiles;
  const saved = own.toSorted((a, b) => b.created - a.created).map((one) => profileOf(one, profiles, viewer));
  return [...(profiles.length === 0 ? [STANDARD] : profiles), ...saved];
}

function profileOf(environment: SavedEnvironment, profiles: readonly Profile[], viewer: Viewer): Profile {
  const override = baseOverride(environment, profiles, viewer);
  return {
    slug: slugOfEnvironment(environment),
    name: environment.name,
    description: environment.description,
    isDefault: false,
    // Never asked of a registry: there it would be somebody else's.
    override: { ...override, image: environment.image, pullPolicy: 'never' },
    options: [],
    allowedGroups: null,
    allowedUsers: [viewer.name],
  };
}

/**
 * What the server's profile changes, for those who may use that profile. For others it is the image alone: who shares an
 * environment does not give away the GPU or the memory of a profile.
 */
function baseOverride({ options }: SavedEnvironment, profiles: readonly Profile[], viewer: Viewer): Override {
  if (profiles.length === 0 || typeof options.profile !== 'string') return {};
  try {
    const { overrides } = chooseProfile(profiles, viewer, options);
    let made: Override = {};
    for (const one of overrides) {
      const environment = { ...made.environment, ...one.environment };
      made = { ...made, ...one, ...(Object.keys(environment).length === 0 ? {} : { environment }) };
    }
    return made;
  } catch (error) {
    if (error instanceof Problem) return {};
    throw error;
  }
}
