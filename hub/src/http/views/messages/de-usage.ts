import { countingIn } from './counting.ts';
import type { enUsage } from './en-usage.ts';

const count = countingIn('de');

/** Verbrauch, die Liste der Server und die Profile. */
export const deUsage: typeof enUsage = {
  usage: {
    title: (label: string) => `${label}: Verbrauch`,
    machineTitle: 'Auslastung',
    lead: (span: string) =>
      `Gemessen alle ${span}. Nach einem Neustart des Hubs beginnt die Messung von vorn.`,
    off: 'Es wird nichts gemessen: USAGE_EVERY ist 0.',
    none: 'Es wurde noch nichts gemessen. Die ersten Zahlen kommen innerhalb einer Minute.',
    notRunning: 'Er läuft nicht und belegt nur seine Dateien.',
    link: 'Verlauf des Verbrauchs',
    linkNamed: (label: string) => `Verlauf des Verbrauchs: ${label}`,
    span: 'Zeitraum',
    spans: { '1h': 'Letzte Stunde', '24h': 'Letzte 24 Stunden' },
    cpu: 'CPU',
    cores: 'Kerne',
    memory: 'Arbeitsspeicher',
    disk: 'Dateien',
    gpus: 'GPUs',
    servers: 'Server',
    coresOf: (used: string, of: string) => `${used} von ${of} Kernen`,
    coresOnly: (used: string) => `${used} Kerne`,
    of: (used: string, of: string) => `${used} von ${of}`,
    chart: (what: string, now: string, mean: string, most: string) =>
      `${what}: jetzt ${now}, im Mittel ${mean}, höchstens ${most}`,
    mean: 'Mittel',
    table: 'Als Tabelle',
    at: 'Bis',
    lines: {
      used: 'auf der Maschine belegt',
      servers: 'von Servern belegt',
      committed: 'als Grenzen zugesagt',
      guaranteed: 'garantiert',
    },
    unlimited: (n: number) => count(n, { one: '# Server ohne Grenze', other: '# Server ohne Grenze' }),
    biggest: 'Wer am meisten verbraucht',
  },

  servers: {
    title: 'Server',
    summary: (running: number, known: number) => `${running} von ${known} laufen`,
    search: 'Person, Server oder Image',
    show: 'Anzeigen',
    filters: {
      up: 'Laufende und startende',
      ready: 'Laufende',
      busy: 'Startende und stoppende',
      idle: 'Seit einer Stunde untätig',
      failed: 'Mit gescheitertem Start',
      stopped: 'Gestoppte',
      all: 'Alle',
    },
    size: 'Pro Seite',
    columns: {
      pick: 'Auswahl',
      user: 'Person',
      state: 'Zustand',
      image: 'Image',
      since: 'Läuft seit',
      idle: 'Zuletzt aktiv',
      cpu: 'CPU',
      memory: 'Arbeitsspeicher',
      actions: 'Aktionen',
    },
    none: 'Kein Server passt. Ändern Sie die Suche, oder zeigen Sie alle.',
    clear: 'Alle zeigen',
    pick: (label: string) => `${label}: auswählen`,
    fresh: (n: number) =>
      count(n, {
        one: '# weiterer Server gehört jetzt in diese Liste.',
        other: '# weitere Server gehören jetzt in diese Liste.',
      }),
    showFresh: 'Liste neu zeigen',
    stopChosen: 'Ausgewählte stoppen',
    stopMatching: (n: number) =>
      count(n, { one: 'Den passenden stoppen', other: 'Alle # passenden stoppen' }),
    stopTitle: (n: number) => count(n, { one: '# Server stoppen?', other: '# Server stoppen?' }),
    stopLoses:
      'Was nur im Arbeitsspeicher steht, geht bei jeder dieser Personen verloren: Variablen, laufende Zellen und nicht gespeicherte Änderungen. Gespeicherte Dateien bleiben.',
    stopNone:
      'Von den ausgewählten Servern kann keiner gestoppt werden: Sie laufen nicht, oder Sie dürfen sie nicht stoppen.',
    stopConfirm: (n: number) => count(n, { one: 'Ja, # Server stoppen', other: 'Ja, # Server stoppen' }),
    keep: 'Laufen lassen',
    tooMany: (n: number) =>
      count(n, { one: 'Nur # auf einmal.', other: 'Nur # auf einmal: Die übrigen bleiben unberührt.' }),
    stoppedTitle: (n: number) =>
      count(n, { one: '# Server wurde gestoppt', other: '# Server wurden gestoppt' }),
    results: {
      stopped: 'Gestoppt',
      late: 'Stoppt noch',
      refused: 'Nicht gestoppt',
      gone: 'Lief nicht mehr',
    },
    back: 'Zurück zur Liste',
    active: (span: string) => `aktiv ${span}`,
  },

  profiles: {
    title: 'Profile',
    lead: 'Was beim Start eines Servers zur Wahl steht, so wie es die Konfiguration vorgibt. Geändert wird es dort.',
    none: 'Es sind keine Profile eingerichtet: Alle bekommen den gleichen Server.',
    plain: 'Jeder Server',
    isDefault: 'Zuerst gewählt',
    who: 'Für',
    everybody: 'alle',
    groups: (names: string) => `Mitglieder von ${names}`,
    people: (names: string) => `${names}`,
    image: 'Image',
    here: 'auf dieser Maschine',
    missing: 'wird beim ersten Start heruntergeladen',
    unknown: 'die Engine sagt nicht, ob es hier ist',
    cpu: 'CPU',
    memory: 'Arbeitsspeicher',
    gpus: 'GPUs',
    guaranteed: (amount: string) => `${amount} garantiert`,
    noLimit: 'ohne Grenze',
    command: 'Befehl',
    ownCommand: 'der des Images',
    user: 'Läuft als',
    ownUser: 'Benutzer des Images',
    opens: 'Öffnet',
    mounts: 'Außerdem eingehängt',
    options: 'Zur Wahl',
    ownText: 'oder ein eigener Text',
    refused: 'Abgelehnt: Es liefe als root, was ROOT_SERVERS nicht erlaubt.',
  },
};
