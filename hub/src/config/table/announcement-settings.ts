import { z } from 'zod';
import { ANNOUNCEMENT_PLACES, type ConfiguredAnnouncements } from '../../domain/announcement.ts';
import { optionalText, reader, setting } from '../setting.ts';

const words = z.record(z.string(), z.unknown());

/** `template_vars` of JupyterHub: of its names those that its own templates know are read, the others were for templates of one's own. */
const templateVars = reader(
  { type: ['object', 'string', 'null'], examples: [{ announcement: 'Maintenance on Friday.' }] },
  'should be a mapping of names to texts, such as {"announcement": "Maintenance on Friday."}',
  (value): ConfiguredAnnouncements | undefined => {
    const read = words.safeParse(typeof value === 'string' ? parsed(value) : (value ?? {}));
    if (!read.success) return undefined;
    const textOf = (name: string): string | undefined => {
      const text = read.data[name];
      return typeof text === 'string' && text.trim() !== '' ? text : undefined;
    };
    const at = ANNOUNCEMENT_PLACES.map((place) => [place, textOf(`announcement_${place}`)] as const);
    return {
      everywhere: textOf('announcement') ?? null,
      at: Object.fromEntries(at.filter(([, text]) => text !== undefined)),
    };
  },
);

function parsed(text: string): unknown {
  if (text.trim() === '') return {};
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** What everybody is told. */
export const ANNOUNCEMENT_SETTINGS = {
  announcement: setting({
    env: 'ANNOUNCEMENT',
    doc: 'A text on every page, for everybody. Addresses in it become links; other HTML is left out. Administrators can make more of them, with an end, on their page “Announcements”.',
    type: optionalText,
    reload: true,
  }),
  templateVars: setting({
    env: 'TEMPLATE_VARS',
    trait: ['JupyterHub.template_vars', 'hub.templateVars'],
    doc: 'JupyterHub’s variables for templates: `announcement` for every page; `announcement_login`, `announcement_home`, `announcement_spawn` and `announcement_logout` for one page, instead of it. In the environment as JSON.',
    type: templateVars,
    reload: true,
  }),
};
