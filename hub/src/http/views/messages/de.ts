import { countingIn } from './counting.ts';
import { deAdmin } from './de-admin.ts';
import { deAnnouncements } from './de-announcements.ts';
import { deGroups } from './de-groups.ts';
import { deHealth } from './de-health.ts';
import { deIdle } from './de-idle.ts';
import { deLimits } from './de-limits.ts';
import { deMachines } from './de-machines.ts';
import { dePorts } from './de-ports.ts';
import { deProblems } from './de-problems.ts';
import { deRecords } from './de-records.ts';
import { deSaid } from './de-said.ts';
import { deScopes } from './de-scopes.ts';
import { deShare } from './de-share.ts';
import { deSignIn } from './de-sign-in.ts';
import { deStorage } from './de-storage.ts';
import { deTokens } from './de-tokens.ts';
import { deUsage } from './de-usage.ts';
import type { Messages } from './en.ts';

const count = countingIn('de');

/** Alle Texte der Seiten auf Deutsch. Anrede „Sie“; die Wörter stehen in `docs/explanation/words.md`. */
export const de: Messages = {
  ...deSignIn,
  ...deAdmin,
  ...deUsage,
  ...deShare,
  ...deStorage,
  ...deHealth,
  ...deMachines,
  ...deRecords,
  ...deTokens,
  ...deAnnouncements,
  ...deGroups,
  ...deIdle,
  ...dePorts,
  ...deLimits,
  problems: deProblems,
  scopes: deScopes,
  said: deSaid,
  lang: 'de',
  language: 'Deutsch',
  product: 'Berth',
  unknown: 'unbekannt',

  shell: {
    skip: 'Zum Inhalt springen',
    menu: 'Hauptmenü',
    home: 'Startseite',
    tokens: 'Tokens',
    sessions: 'Sitzungen',
    account: 'Konto',
    admin: 'Verwaltung',
    signOut: 'Abmelden',
    signedInAs: (name: string) => `Angemeldet als ${name}`,
    theme: 'Darstellung',
    themes: { system: 'Automatisch', light: 'Hell', dark: 'Dunkel' },
    language: 'Sprache',
    lost: 'Die Verbindung zum Hub ist unterbrochen. Neuer Versuch …',
    trialTitle: 'Nicht sicher',
    trial: 'Nur zum Ausprobieren: Ein einziges Passwort öffnet jedes Konto dieses Hubs.',
  },

  units: {
    seconds: (n: number) => `${n} s`,
    minutes: (n: number) => `${n} min`,
    hours: (h: number, min: number) => (min === 0 ? `${h} h` : `${h} h ${min} min`),
    days: (n: number) => count(n, { one: '# Tag', other: '# Tage' }),
    // „vor 3 Tagen“: der Dativ steht nur hier.
    ago: (span: string) => `vor ${span.replace(/ Tage$/, ' Tagen')}`,
    justNow: 'gerade eben',
    never: 'nie',
  },

  state: {
    stopped: 'Gestoppt',
    queued: 'Wartet',
    pulling: 'Image wird geladen',
    creating: 'Startet',
    starting: 'Startet',
    waiting: 'Startet',
    ready: 'Läuft',
    frozen: 'Schläft',
    stopping: 'Stoppt',
    failed: 'Fehlgeschlagen',
  },

  server: {
    own: 'Ihr Server',
    ownNamed: (name: string) => `Ihr Server ${name}`,
    of: (user: string) => `Server von ${user}`,
    ofNamed: (user: string, name: string) => `Server ${name} von ${user}`,
    image: 'Image',
    runningFor: 'Läuft seit',
    lastActive: 'Zuletzt aktiv',
    idleStop: 'Stoppt bei Leerlauf um',
    idleStopIn: (span: string) => `(in ${span.replace(/ Tage$/, ' Tagen')})`,
    start: 'Starten',
    startAgain: 'Erneut starten',
    open: 'Öffnen',
    stop: 'Stoppen',
    watch: 'Start verfolgen',
    stopNamed: (label: string) => `${label}: stoppen`,
    stopTitle: 'Jetzt stoppen?',
    stopLoses:
      'Was nur im Arbeitsspeicher liegt, ist verloren: Variablen und nicht gespeicherte Änderungen. Gespeicherte Dateien bleiben.',
    stopConfirm: 'Ja, stoppen',
    stopped: {
      user: 'Sie haben ihn gestoppt.',
      admin: 'Die Administration hat ihn gestoppt.',
      idle: 'Er wurde gestoppt, um Ressourcen zu sparen:',
      aged: 'Er wurde gestoppt, weil er so lange lief, wie Server laufen dürfen:',
      schedule: 'Er wurde am Ende der Veranstaltung gestoppt:',
      died: 'Er hat sich selbst beendet:',
      removed: 'Sein Container wurde von außen entfernt.',
      'user-removed': 'Er wurde gestoppt, weil das Konto nicht mehr auf der Liste steht.',
      hub: 'Der Hub hat ihn gestoppt.',
      away: 'Die Maschine, auf der er lief, antwortet nicht mehr:',
      drained: 'Die Maschine, auf der er lief, wurde für Wartung geleert:',
    },
    stoppedAt: 'Gestoppt',
    filesSafe: 'Ihre Dateien sind sicher.',
  },

  home: {
    title: (name: string) => `Guten Tag, ${name}`,
    leadNone:
      'Ihr Server läuft nicht. Der Start dauert einen Augenblick; Ihre Dateien sind noch da, wo Sie sie gelassen haben.',
    leadRunning: 'Ihr Server läuft. Öffnen Sie ihn, um weiterzuarbeiten.',
    leadStarting: 'Ihr Server ist unterwegs.',
    leadStopping: 'Ihr Server wird gestoppt.',
    leadFailed: 'Ihr Server läuft nicht. Was geschehen ist, steht unten.',
  },

  failure: {
    logTitle: (lines: number) =>
      count(lines, { one: 'Seine letzte Ausgabezeile', other: 'Seine letzten # Ausgabezeilen' }),
    forAdmin: 'Für die Administration',
    code: 'Code',
    exitCode: 'Exit-Code',
    outOfMemory: 'vom Kernel aus Speichermangel beendet',
    engine: 'Meldung der Engine',
    copyHint: 'Wenn Sie um Hilfe bitten, nennen Sie diesen Code und die Uhrzeit.',
  },

  progress: {
    title: (label: string) => `${label} startet`,
    tabTitle: (percent: number) => `${percent} % · Startet`,
    lead: 'Sobald er antwortet, geht es dort weiter. Sie können diese Seite schließen: Der Start läuft weiter.',
    steps: {
      queued: 'Auf einen Platz warten',
      pulling: 'Image holen',
      creating: 'Container anlegen',
      starting: 'Container starten',
      waiting: 'Auf die Antwort des Notebooks warten',
    },
    stepState: { done: 'erledigt', now: 'läuft', todo: 'steht aus' },
    elapsed: 'Dauer',
    bar: 'Fortschritt des Starts',
    cancel: 'Start abbrechen',
    ready: 'Bereit. Es geht gleich weiter …',
    goNow: 'Jetzt öffnen',
    stoppingTitle: (label: string) => `${label} wird gestoppt`,
    stoppingLead: 'Das dauert einige Sekunden. Die Seite geht von selbst weiter.',
    stoppingTab: 'Stoppt …',
    failedTab: 'Start fehlgeschlagen',
    notRunningTab: 'Läuft nicht',
  },

  spawn: {
    title: 'Server starten',
    heading: (label: string) => `Starten: ${label}`,
    lead: 'Wählen Sie, woraus er besteht. Ihre Dateien sind überall dieselben.',
    leadNone: 'Hier können Sie nichts starten. Bitten Sie die Administration um Zugang.',
    legend: 'Art des Servers',
    refused: 'Das lässt sich nicht starten',
    submit: 'Starten',
  },

  notRunning: {
    title: (label: string) => `${label} läuft nicht`,
    lead: 'Starten Sie ihn, und Sie sind wieder dort, wo Sie waren.',
    failedTitle: (label: string) => `${label} konnte nicht starten`,
    endedTitle: (label: string) => `${label} hat sich beendet`,
    start: 'Starten',
    tryAgain: 'Erneut versuchen',
    home: 'Zurück zur Startseite',
    target: 'Sie wollten öffnen:',
  },

  error: {
    number: 'Nummer',
    numberHint:
      'Nennen Sie der Administration diese Nummer, wenn Sie um Hilfe bitten: Das Protokoll des Hubs kennt sie.',
    forAdmin: 'Für die Administration',
    goHome: 'Zur Startseite',
    signIn: 'Zur Anmeldung',
    status: (status: number) => `Fehler ${status}`,
  },
};
