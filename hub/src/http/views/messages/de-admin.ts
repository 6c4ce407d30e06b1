import { countingIn } from './counting.ts';
import type { Messages } from './en.ts';
import type { enAdmin } from './en-admin.ts';

const count = countingIn('de');

/** Was die Administration liest. */
export const deAdmin = {
  access: {
    title: (label: string) => `${label} öffnen?`,
    lead: (client: string) => `${client} möchte wissen, wer Sie sind und was Sie dort dürfen.`,
    asYou: (user: string, owner: string) =>
      `Sie handeln als ${user} im Server von ${owner}. Was Sie dort öffnen und ändern, sind die Dateien von ${owner}.`,
    may: 'Erlaubt wird',
    allow: 'Erlauben und öffnen',
    cancel: 'Abbrechen',
  },
  admin: {
    title: 'Personen und Server',
    summary: (people: number, running: number) =>
      `${count(people, { one: '# Person', other: '# Personen' })}, ${count(running, { one: '# Server läuft', other: '# Server laufen' })}`,
    search: 'Namen suchen',
    show: 'Anzeigen',
    filters: {
      all: 'Alle',
      running: 'Mit laufendem Server',
      admins: 'Administration',
      failed: 'Mit fehlgeschlagenem Start',
    },
    apply: 'Anwenden',
    columns: {
      name: 'Name',
      server: 'Server',
      activity: 'Zuletzt aktiv',
      actions: 'Aktionen',
    },
    sortBy: (column: string) => `Nach „${column}“ sortieren`,
    administrator: 'Administration',
    you: 'Sie',
    none: 'Niemand passt dazu. Ändern Sie die Suche oder lassen Sie alle anzeigen.',
    clear: 'Alle anzeigen',
    pages: 'Seiten',
    previous: 'Zurück',
    next: 'Weiter',
    range: (from: number, to: number, of: number) => `${from}–${to} von ${of}`,
    remove: 'Entfernen',
    invite: 'Anmeldelink',
    inviteNamed: (user: string) => `Anmeldelink für ${user} erstellen`,
    removeNamed: (user: string) => `${user} entfernen`,
    dropSecondStep: 'Zweiter Faktor',
    dropSecondStepNamed: (user: string) => `Zweiter Faktor von ${user}`,
    dropSecondStepQuestion: 'Zurücknehmen?',
    dropSecondStepLoses: (user: string) =>
      `${user} meldet sich danach allein mit dem Passwort an. Tun Sie das nur, wenn App und Wiederherstellungscodes verloren sind und Sie wissen, wer fragt.`,
    dropSecondStepConfirm: 'Ja, zurücknehmen',
    addTitle: 'Personen hinzufügen',
    addLead: 'Ein Name je Zeile. Von da an ist die Anmeldung möglich.',
    names: 'Namen',
    asAdmin: 'Zur Administration machen',
    add: 'Hinzufügen',
    tooMany: 'Höchstens 1000 Namen auf einmal. Es wurde nichts hinzugefügt.',
    badNames: (names: string) =>
      `Das können keine Benutzernamen sein: ${names}. Es wurde nichts hinzugefügt.`,
    noneNew: 'Es war kein neuer Name dabei: Es wurde nichts hinzugefügt.',
    rooms: {
      label: 'Verwaltung',
      people: 'Personen und Server',
      departed: 'Ausgeschiedene',
      audit: 'Protokoll',
    },
    actionsNamed: (user: string) => `Aktionen: ${user}`,
    sessions: 'Sitzungen',
    sessionsNamed: (user: string) => `Sitzungen von ${user}`,
    notice: {
      added: (names: string) => `Hinzugefügt: ${names}.`,
      removed: (name: string) => `${name} wurde entfernt. Die Dateien bleiben erhalten.`,
      approved: (name: string) => `${name} kann sich jetzt anmelden.`,
      rejected: (name: string) => `${name} wurde abgelehnt.`,
      dropped: (name: string) => `Der zweite Faktor von ${name} wurde zurückgenommen.`,
    },
  },
  invitation: {
    title: (user: string) => `Ein Link für ${user}`,
    lead: (user: string, days: number) =>
      `Damit wählt ${user} ein Passwort und meldet sich an. Er gilt einmal, ${count(days, { one: 'einen Tag', other: '# Tage' })} lang, und wird nur jetzt angezeigt. Ein älterer Link gilt nicht mehr.`,
    careful: 'Wer ihn zuerst öffnet, ist hier diese Person: Schicken Sie ihn niemand anderem.',
    back: 'Zurück zur Liste',
  },
  removeUser: {
    title: (user: string) => `${user} entfernen?`,
    lead: 'Das geschieht sofort und lässt sich nicht zurücknehmen:',
    servers: (n: number) =>
      n === 0
        ? 'Es läuft kein Server dieser Person.'
        : count(n, {
            one: 'Der laufende Server stoppt. Was nur im Arbeitsspeicher liegt, ist verloren.',
            other: 'Die # laufenden Server stoppen. Was nur im Arbeitsspeicher liegt, ist verloren.',
          }),
    sessions: 'Die Person wird überall abgemeldet, ihre Tokens gelten nicht mehr.',
    files:
      'Die Dateien bleiben: Das Volume bleibt auf dieser Maschine und ist wieder da, wenn der Name erneut hinzugefügt wird.',
    userlist:
      'Ein Name, der in der Datei userlist steht, kann sich wieder anmelden: Nehmen Sie ihn auch dort heraus.',
    confirm: (user: string) => `${user} entfernen`,
    cancel: 'Behalten',
  },
} satisfies Pick<Messages, keyof typeof enAdmin>;
