import type { enAnnouncements } from './en-announcements.ts';

/** Hinweise: was auf den Seiten steht, und wo die Administration sie verfasst. */
export const deAnnouncements: typeof enAnnouncements = {
  announcements: {
    label: 'Hinweise',
    title: 'Hinweise',
    lead: 'Was alle oben auf den Seiten lesen. Reiner Text; Adressen werden zu Links.',
    levels: { info: 'Zur Kenntnis', warning: 'Achtung', urgent: 'Dringend' },
    makeTitle: 'Hinweis geben',
    text: 'Text',
    textHint: (most) => `Höchstens ${most} Zeichen. Eine Adresse wie https://… wird zum Link.`,
    level: 'Dringlichkeit',
    place: 'Wo',
    places: {
      everywhere: 'Auf jeder Seite',
      login: 'Auf der Anmeldeseite',
      home: 'Auf der Startseite',
      spawn: 'Wo Server gestartet werden',
      logout: 'Auf der Seite nach dem Abmelden',
    },
    ends: 'Bis',
    terms: {
      '': 'er zurückgenommen wird',
      '3600': 'in einer Stunde',
      '14400': 'in 4 Stunden',
      '86400': 'in einem Tag',
      '604800': 'in einer Woche',
    },
    make: 'Hinweis geben',
    madeTitle: 'Zurzeit zu lesen',
    none: 'Es gibt keinen Hinweis.',
    by: (name) => `von ${name}`,
    endsAt: 'bis',
    noEnd: 'bis er zurückgenommen wird',
    clear: 'Zurücknehmen',
    clearNamed: (text) => `Zurücknehmen: ${text}`,
    fixedTitle: 'Aus der Konfiguration',
    fixedLead:
      'Diese stehen in der Konfiguration (ANNOUNCEMENT, JupyterHub.template_vars) und ändern sich mit ihr.',
    made: 'Der Hinweis ist zu lesen.',
    cleared: 'Der Hinweis wurde zurückgenommen.',
  },
};
