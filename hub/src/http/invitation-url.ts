import type { HttpSettings } from './hub.ts';

/** Where a one-time link leads: whole when the public address is known, else from the base path on. */
export function invitationUrl(settings: HttpSettings, word: string): string {
  return `${settings.publicOrigin}${settings.baseUrl}hub/setup?token=${word}`;
}
