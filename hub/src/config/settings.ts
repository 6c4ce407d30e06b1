import type { Setting } from './setting.ts';
import { ACCESS_SETTINGS } from './table/access-settings.ts';
import { ADDRESS_SETTINGS } from './table/address-settings.ts';
import { ADMISSION_SETTINGS } from './table/admission-settings.ts';
import { ANNOUNCEMENT_SETTINGS } from './table/announcement-settings.ts';
import { CLUSTER_SETTINGS } from './table/cluster-settings.ts';
import { CULL_SETTINGS } from './table/cull-settings.ts';
import { DUMMY_SETTINGS } from './table/dummy-settings.ts';
import { GENERIC_OAUTH_SETTINGS } from './table/generic-oauth-settings.ts';
import { GITHUB_SETTINGS } from './table/github-settings.ts';
import { HTTPS_SETTINGS } from './table/https-settings.ts';
import { IMAGE_SETTINGS } from './table/image-settings.ts';
import { LOCAL_SETTINGS } from './table/local-settings.ts';
import { PAM_SETTINGS } from './table/pam-settings.ts';
import { PLACE_SETTINGS } from './table/place-settings.ts';
import { PROFILE_SETTINGS } from './table/profile-settings.ts';
import { ROOM_SETTINGS } from './table/room-settings.ts';
import { SCHEDULE_SETTINGS } from './table/schedule-settings.ts';
import { SERVER_SETTINGS } from './table/server-settings.ts';
import { SIGN_IN_SETTINGS } from './table/sign-in-settings.ts';
import { STORAGE_SETTINGS } from './table/storage-settings.ts';
import { USAGE_SETTINGS } from './table/usage-settings.ts';

/** Every setting that the hub knows. `docs/reference/settings.md` is made from this table. */
export const SETTINGS = {
  ...SERVER_SETTINGS,
  ...PROFILE_SETTINGS,
  ...ROOM_SETTINGS,
  ...STORAGE_SETTINGS,
  ...CLUSTER_SETTINGS,
  ...IMAGE_SETTINGS,
  ...CULL_SETTINGS,
  ...SCHEDULE_SETTINGS,
  ...USAGE_SETTINGS,
  ...SIGN_IN_SETTINGS,
  ...ADMISSION_SETTINGS,
  ...LOCAL_SETTINGS,
  ...PAM_SETTINGS,
  ...DUMMY_SETTINGS,
  ...GITHUB_SETTINGS,
  ...GENERIC_OAUTH_SETTINGS,
  ...ACCESS_SETTINGS,
  ...ANNOUNCEMENT_SETTINGS,
  ...ADDRESS_SETTINGS,
  ...HTTPS_SETTINGS,
  ...PLACE_SETTINGS,
} as const;

type Table = typeof SETTINGS;

/** All settings, read and checked. */
export type Settings = { readonly [Name in keyof Table]: Table[Name] extends Setting<infer T> ? T : never };
