import type { enIdle } from './en-idle.ts';

/** Ungenutzte Server: schlafend, angekündigt, behalten; und die Zeitpläne, die Server starten. */
export const deIdle: typeof enIdle = {
  idle: {
    leadFrozen:
      'Ihr Server schläft. Er wacht auf, wenn Sie ihn öffnen, mit allem, was in seinem Speicher ist.',
    freezes: 'Schläft ungenutzt ab',
    agedStop: 'Stoppt spätestens um',
    kept: 'Behalten bis',
    keep: (span) => `Für ${span} behalten`,
    keepNamed: (span, label) => `Für ${span} behalten: ${label}`,
    warnIdle: (label, span) => `${label} ist ungenutzt und stoppt in ${span}.`,
    warnAged: (label, span) => `${label} läuft so lange, wie Server laufen dürfen, und stoppt in ${span}.`,
    warnLoses:
      'Was nur im Arbeitsspeicher steht, geht dann verloren: Variablen und nicht gespeicherte Änderungen. Gespeicherte Dateien bleiben.',
  },
  schedules: {
    title: 'Zeitpläne',
    lead: 'Server, die vor einer Veranstaltung von selbst starten. Sie stehen in der Konfiguration: schedules.',
    name: 'Zeitplan',
    start: 'Startet',
    stop: 'Stoppt',
    whom: 'Für',
    last: 'Zuletzt',
    never: 'noch nie',
    ran: (started, running, failed) =>
      `${started} gestartet, ${running} liefen schon${failed === 0 ? '' : `, ${failed} konnten nicht`}`,
    next: 'Nächstes Mal',
    seldom: 'nicht binnen eines Jahres',
  },
};
