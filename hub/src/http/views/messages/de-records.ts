import { countingIn } from './counting.ts';
import type { Messages } from './en.ts';
import type { enRecords } from './en-records.ts';

const count = countingIn('de');

/** Was war: Sitzungen, Ausgeschiedene, das Protokoll. */
export const deRecords = {
  sessions: {
    title: 'Wo Sie angemeldet sind',
    titleOf: (user: string) => `Wo ${user} angemeldet ist`,
    lead: 'Eine Zeile je Browser. Wenn Ihnen einer unbekannt ist, melden Sie ihn ab und ändern Sie Ihr Passwort.',
    leadOf: (user: string) =>
      `Was ${user} in diesen Browsern geöffnet hat, endet mit der Sitzung. Server laufen weiter.`,
    count: (n: number) => (n === 0 ? 'Nirgends' : count(n, { other: '# Browser' })),
    unknownBrowser: 'Unbekannter Browser',
    browserOn: (browser: string, system: string) => `${browser} unter ${system}`,
    thisOne: 'dieser hier',
    from: 'Von',
    by: 'über',
    since: 'angemeldet',
    seen: 'zuletzt gesehen',
    end: 'Abmelden',
    endNamed: (browser: string, address: string) => `${browser} an ${address} abmelden`,
    endTitle: 'Jetzt abmelden?',
    endLoses: 'Dort geöffnete Notebooks verlangen eine neue Anmeldung. Server laufen weiter.',
    endConfirm: 'Ja, abmelden',
    endAll: 'Überall abmelden',
    endAllNamed: (of: string | null) => (of === null ? 'Überall abmelden' : `Überall abmelden: ${of}`),
    endAllTitle: 'Jetzt überall abmelden?',
    endAllLoses: 'Auch dieser Browser, wenn er dazugehört. Server und Tokens für Skripte bleiben.',
    endAllConfirm: 'Ja, überall abmelden',
    ended: 'Der Browser wurde abgemeldet.',
  },

  departed: {
    title: 'Ausgeschiedene',
    lead: 'Wer keinen Zugang mehr hat, und die Volumes mit dem, was zurückblieb.',
    none: 'Niemand hat etwas zurückgelassen.',
    columns: { name: 'Name', left: 'Ausgeschieden', why: 'Grund', volumes: 'Volumes' },
    why: {
      lists: 'steht auf keiner Liste mehr',
      provider: 'vom Anmeldedienst nicht mehr zugelassen',
      removed: 'von der Administration entfernt',
    },
    how: 'Der Hub selbst löscht hier nie etwas. Auf der Maschine entfernt `docker volume rm` mit dem Namen ein Volume endgültig.',
  },

  audit: {
    title: 'Protokoll',
    lead: (n: number) =>
      `Die letzten ${n} Anmeldungen und Verwaltungsvorgänge. Ältere stehen in der Datei audit.log in den Daten des Hubs.`,
    who: 'Name enthält',
    what: 'Anzeigen',
    everything: 'Alles',
    none: 'Nichts passt dazu.',
    kinds: {
      'signed-in': 'Angemeldet',
      refused: 'Abgewiesen',
      'signed-out': 'Abgemeldet',
      'second-step': 'Zweiter Faktor',
      account: 'Konto',
      userlist: 'Nutzerliste',
      act: 'Vorgang',
    },
    columns: {
      when: 'Wann',
      what: 'Was',
      by: 'Wer',
      on: 'Betrifft',
      detail: 'Einzelheiten',
      address: 'Adresse',
    },
  },
} satisfies Pick<Messages, keyof typeof enRecords>;
