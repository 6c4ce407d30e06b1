import { countingIn } from './counting.ts';
import type { Messages } from './en.ts';
import type { enSignIn } from './en-sign-in.ts';

const count = countingIn('de');

/** An- und Abmelden, und das eigene Konto. */
export const deSignIn = {
  login: {
    title: 'Anmelden',
    lead: 'um Ihren Notebook-Server zu öffnen',
    name: 'Benutzername',
    password: 'Passwort',
    show: 'Passwort anzeigen',
    caps: 'Die Feststelltaste ist aktiv.',
    submit: 'Anmelden',
    or: 'oder',
    with: (label: string) => `Mit ${label} anmelden`,
    insecure:
      'Diese Seite wurde unverschlüsselt übertragen. Andere im Netz könnten Ihr Passwort mitlesen. Fragen Sie die Administration nach einer https-Adresse.',
    noMethods:
      'Es ist noch keine Anmeldung eingerichtet. Den nächsten Schritt findet die Administration im Protokoll des Hubs.',
  },
  setup: {
    title: 'Willkommen an Bord',
    lead: 'Sie sind die erste Person hier. Wählen Sie Name und Passwort für die Administration; dieser Link gilt nur einmal.',
    name: 'Benutzername',
    nameHint: 'Kleinbuchstaben und Ziffern, dazwischen auch . _ @ -',
    password: 'Passwort',
    passwordHint: (least: number) =>
      `Mindestens ${least} Zeichen. Einige Wörter ohne Zusammenhang sind leicht zu merken und schwer zu erraten.`,
    again: 'Passwort wiederholen',
    submit: 'Administrationskonto anlegen',
    leadFor: (name: string) => `Wählen Sie ein Passwort für ${name}. Dieser Link gilt nur einmal.`,
    submitFor: 'Passwort setzen und anmelden',
  },
  secondStep: {
    title: 'Noch ein Schritt',
    lead: 'Geben Sie den Code ein, den Ihre App für diesen Hub anzeigt.',
    code: 'Code',
    codeHint: 'Sechs Ziffern, alle 30 Sekunden neu. Ein Wiederherstellungscode gilt hier auch.',
    submit: 'Weiter',
    back: 'Zurück zur Anmeldung',
  },
  signUp: {
    ask: 'Konto beantragen',
    title: 'Konto beantragen',
    lead: 'Die Administration schaltet Sie frei. Wählen Sie Name und Passwort für Ihre spätere Anmeldung.',
    leadOpen: 'Wählen Sie Name und Passwort für Ihre Anmeldung.',
    submit: 'Beantragen',
    submitOpen: 'Konto anlegen',
    back: 'Zurück zur Anmeldung',
    askedTitle: 'Ihr Antrag ist eingegangen',
    asked:
      'Die Administration sieht ihn und entscheidet. War der Name frei, können Sie sich damit anmelden, sobald Sie freigeschaltet sind.',
  },
  account: {
    title: 'Ihr Konto',
    lead: (name: string) => `So melden Sie sich als ${name} an.`,
    passwordTitle: 'Passwort',
    passwordLead: 'Ein neues Passwort meldet Sie überall sonst ab und macht Ihre Tokens ungültig.',
    old: 'Ihr jetziges Passwort',
    fresh: 'Neues Passwort',
    again: 'Neues Passwort wiederholen',
    change: 'Passwort ändern',
    changed: 'Das Passwort wurde geändert. Überall sonst sind Sie abgemeldet.',
    secondTitle: 'Zweiter Faktor',
    secondOff:
      'Mit einer App auf Ihrem Telefon, die Codes erzeugt, nützt ein gestohlenes Passwort allein nichts. Das Einrichten dauert eine Minute.',
    secondOn: 'Nach dem Passwort wird ein Code Ihrer App verlangt.',
    since: 'Eingerichtet',
    left: (n: number) =>
      n === 0
        ? 'Kein Wiederherstellungscode ist übrig: Richten Sie den zweiten Faktor neu ein, um wieder welche zu erhalten.'
        : count(n, {
            one: '# Wiederherstellungscode ist übrig.',
            other: '# Wiederherstellungscodes sind übrig.',
          }),
    confirm: 'Ihr Passwort zur Bestätigung',
    setUp: 'Zweiten Faktor einrichten',
    remove: 'Zweiten Faktor entfernen',
    removed: 'Der zweite Faktor wurde entfernt. Name und Passwort genügen wieder.',
  },
  secondFactor: {
    title: 'Zweiten Faktor einrichten',
    lead: 'Scannen Sie dies mit einer App für Einmalcodes und geben Sie dann den angezeigten Code ein.',
    qr: 'QR-Code mit dem Geheimnis für Ihre App',
    byHand: 'Oder tippen Sie es dort ein:',
    code: 'Code der App',
    codeHint: 'Sechs Ziffern.',
    submit: 'Einschalten',
    cancel: 'Abbrechen',
  },
  recovery: {
    title: 'Bewahren Sie diese Codes auf',
    lead: 'Der zweite Faktor ist eingeschaltet. Wenn Sie das Telefon verlieren, ersetzt jeder dieser Codes einmal den Code der App.',
    careful:
      'Sie werden nur dieses eine Mal angezeigt. Drucken Sie sie aus oder legen Sie sie zu Ihren Passwörtern.',
    done: 'Ich habe sie aufbewahrt',
  },
  waiting: {
    title: (n: number) =>
      count(n, { one: '# Person beantragt ein Konto', other: '# Personen beantragen ein Konto' }),
    lead: 'Hier lässt sich jeder Name eintippen. Schalten Sie nur frei, wer nachweislich selbst gefragt hat.',
    from: (address: string) => `von ${address}`,
    approve: 'Freischalten',
    approveNamed: (name: string) => `Freischalten: ${name}`,
    reject: 'Ablehnen',
    rejectNamed: (name: string) => `Ablehnen: ${name}`,
  },
  signedOut: {
    title: 'Sie sind abgemeldet',
    lead: 'Falls Ihr Server lief, läuft er weiter.',
    again: 'Wieder anmelden',
    goingOn: (label: string) =>
      `Von diesem Hub sind Sie abgemeldet. Nun geht es weiter zu ${label}, um Sie auch dort abzumelden.`,
    goOn: (label: string) => `Weiter zu ${label}`,
    still: (label: string) =>
      `Dieser Browser ist bei ${label} vielleicht noch angemeldet. Melden Sie sich an gemeinsam genutzten Rechnern auch dort ab: Wer danach kommt, könnte sonst als Sie hereinkommen.`,
  },
} satisfies Pick<Messages, keyof typeof enSignIn>;
