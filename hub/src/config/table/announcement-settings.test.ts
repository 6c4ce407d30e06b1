import { expect, test } from 'vitest';
import { ANNOUNCEMENT_SETTINGS } from './announcement-settings.ts';

const read = (value: unknown) => ANNOUNCEMENT_SETTINGS.templateVars.type.safeParse(value);
const nothing = { everywhere: null, at: {} };

test.each([
  [undefined, nothing],
  [null, nothing],
  ['', nothing],
  [
    { announcement: 'all', announcement_login: 'door' },
    { everywhere: 'all', at: { login: 'door' } },
  ],
  ['{"announcement_spawn": "start"}', { everywhere: null, at: { spawn: 'start' } }],
  // For templates of one's own, of which there are none here; and what is no text says nothing.
  [{ logo: 'x', announcement_logout: 5, announcement_home: ' ', announcement_nowhere: 'x' }, nothing],
])('%j is read', (value, found) => expect(read(value).data).toEqual(found));

test.each(['no json', '[1]', 7, ['x']])('%j is refused', (value) => expect(read(value).success).toBe(false));
