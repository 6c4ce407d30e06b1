import Router from '@koa/router';
import { applyOverrides, type Profile } from '../../domain/profile.ts';
import type { SpawnSettings } from '../../domain/settings.ts';
import type { Hub } from '../hub.ts';
import type { HubState } from '../hub-context.ts';
import { ProfilesView } from '../views/profiles.tsx';
import type { ProfileFactsProps } from '../views/profiles-props.ts';
import { renderPage } from '../views/render.ts';
import { requireAdministrator } from './require-administrator.ts';
import { shellOf } from './shell.ts';
import { signedIn } from './signed-in.ts';

/** `/hub/admin/profiles`: what the configuration gives, to be read. */
export function profilesRouter(hub: Hub): Router<HubState> {
  const router = new Router<HubState>({ sensitive: true, strict: true });

  router.get(`${hub.settings.baseUrl}hub/admin/profiles`, signedIn(hub), async (ctx) => {
    requireAdministrator(hub, ctx);
    const profiles = await presentMenu(hub);
    ctx.set('Cache-Control', 'no-store');
    ctx.body = renderPage(ProfilesView, { shell: shellOf(hub, ctx), profiles });
  });

  return router;
}

/** Every profile; where there are none, what every server is made of. */
async function presentMenu(hub: Hub): Promise<readonly ProfileFactsProps[]> {
  const { settings, profiles, rootAllowed } = hub.menu();
  const all = profiles.map((profile) => ({ profile, made: applyOverrides(settings, [profile.override]) }));
  const plain = all.length === 0 ? [{ profile: null, made: settings }] : all;
  const images = [...new Set(plain.map(({ made }) => made.image))];
  const here = new Map(
    await Promise.all(images.map(async (image) => [image, await hub.hasImage(image)] as const)),
  );
  return plain.map(({ profile, made }) => ({
    ...factsOf(profile, made),
    here: here.get(made.image) ?? null,
    refused: made.uid === 0 && !rootAllowed,
  }));
}

function factsOf(profile: Profile | null, made: SpawnSettings): Omit<ProfileFactsProps, 'here' | 'refused'> {
  return {
    slug: profile?.slug ?? '',
    name: profile?.name ?? null,
    description: profile?.description ?? '',
    isDefault: profile?.isDefault ?? false,
    groups: profile?.allowedGroups ?? null,
    people: profile?.allowedUsers ?? null,
    image: made.image,
    memory: made.memory,
    memoryGuarantee: made.memoryGuarantee,
    cpus: made.cpus,
    cpuGuarantee: made.cpuGuarantee,
    gpus: made.gpus,
    command: made.command,
    uid: made.uid,
    opens: made.defaultUrl,
    mounts: made.mounts.map(({ type, source, path }) => (type === 'tmpfs' ? path : `${source}: ${path}`)),
    options: (profile?.options ?? []).map(({ name, choices, unlisted }) => ({
      name,
      choices: choices.map((choice) => choice.name),
      ownText: unlisted !== null,
    })),
  };
}
