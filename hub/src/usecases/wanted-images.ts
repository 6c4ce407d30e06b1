import type { Override } from '../domain/profile.ts';
import type { PullPolicy } from '../domain/settings.ts';
import type { Menu } from './plan-start.ts';

export interface WantedImage {
  readonly image: string;
  /** Names of profiles, `default` for the one without any, `extra` for the settings' own. */
  readonly usedBy: readonly string[];
  readonly policy: PullPolicy;
}

/**
 * Images that somebody may start a server with, each once. What people write into a free field cannot be known before.
 */
export function wantedImages({ settings, profiles }: Menu, extra: readonly string[]): readonly WantedImage[] {
  const wanted = new Map<string, { usedBy: string[]; policy: PullPolicy }>();
  const add = (user: string, image: string, policy: PullPolicy): void => {
    const known = wanted.get(image);
    if (known === undefined) wanted.set(image, { usedBy: [user], policy });
    else if (!known.usedBy.includes(user)) known.usedBy.push(user);
  };
  for (const { name, override, options } of profiles) {
    const of = (more: Override): void => {
      const made = { ...override, ...more };
      add(name, made.image ?? settings.image, made.pullPolicy ?? settings.pullPolicy);
    };
    const choices = options.flatMap((option) =>
      option.choices.filter((one) => one.override.image !== undefined),
    );
    // Where each choice has its own image, the profile's is started with by nobody.
    const replaced = options.some(
      (option) =>
        option.choices.length > 0 && option.choices.every((one) => one.override.image !== undefined),
    );
    if (!replaced) of({});
    for (const choice of choices) of(choice.override);
  }
  if (profiles.length === 0) add('default', settings.image, settings.pullPolicy);
  for (const image of extra) add('extra', image, settings.pullPolicy);
  return [...wanted].map(([image, { usedBy, policy }]) => ({ image, usedBy, policy }));
}
