import type { AnnouncementPlace } from '../../domain/announcement.ts';
import { isAdminCaller } from '../../domain/caller.ts';
import type { Abilities } from '../../domain/containers.ts';
import { cookieValues } from '../cookies.ts';
import type { Hub } from '../hub.ts';
import type { HubContext } from '../hub-context.ts';
import type { Shell, Theme } from '../views/props.ts';
import { assetUrls, readAssets } from './asset-files.ts';

export const THEME_COOKIE = 'berth-theme';

/** Read once; they belong to the program as its own code does. */
export const ASSETS = readAssets();

/** What every page shows around its content, for whoever asks. */
export function shellOf(hub: Hub, ctx: HubContext): Shell {
  const { baseUrl } = hub.settings;
  const { caller } = ctx.state;
  return {
    t: ctx.state.t,
    baseUrl,
    assets: assetUrls(ASSETS, baseUrl),
    person:
      caller === null || caller.kind === 'service'
        ? null
        : { name: caller.user.name, admin: isAdminCaller(caller, hub.roles) },
    xsrf: ctx.state.xsrf,
    theme: themeOf(cookieValues(ctx.headers.cookie, THEME_COOKIE)[0]),
    here: ctx.method === 'GET' ? ctx.url : `${baseUrl}hub/home`,
    now: hub.clock.now(),
    unsafe: hub.settings.unsafe,
    account:
      hub.settings.localAccounts &&
      caller?.kind === 'session' &&
      hub.tables.credentials.get(caller.user.name) !== undefined,
    announcements: hub.announcements.at(placeOf(baseUrl, ctx.path)),
    ...(hub.machines === undefined ? {} : { lacks: lackedBy(hub.machines.abilities) }),
  };
}

function lackedBy({ pause, limit, usage, save, ports, volumes }: Abilities): readonly (keyof Abilities)[] {
  const all = { pause, limit, usage, save, ports, volumes } as const;
  return ABILITIES.filter((one) => !all[one]);
}

const ABILITIES = ['pause', 'limit', 'usage', 'save', 'ports', 'volumes'] as const;

const PLACES: readonly (readonly [RegExp, AnnouncementPlace])[] = [
  [/^(?:login|signup|setup)\b/, 'login'],
  [/^home\b/, 'home'],
  [/^spawn\b/, 'spawn'],
  [/^(?:logout|signed-out)\b/, 'logout'],
];

/** Which of the pages that can have an announcement of their own this is. */
function placeOf(baseUrl: string, path: string): AnnouncementPlace | null {
  const end = path.slice(`${baseUrl}hub/`.length);
  return PLACES.find(([pattern]) => pattern.test(end))?.[1] ?? null;
}

export function themeOf(word: string | undefined): Theme {
  return word === 'light' || word === 'dark' ? word : 'system';
}
