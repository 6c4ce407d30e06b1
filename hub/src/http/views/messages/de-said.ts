import type { Phrases } from './said.ts';

/** Sätze, die nicht auf den Seiten entstehen: Fortschritt, Gründe, Ablehnungen. */
export const deSaid: Phrases = [
  // Fortschritt eines Starts
  ['Server requested', 'Server angefordert'],
  ['Looking for {image}', 'Suche {image}'],
  ['Looking for the image', 'Suche das Image'],
  ['Downloading {image}: {done} of {total}', 'Lade {image}: {done} von {total}'],
  ['Downloading {image}', 'Lade {image}'],
  ['Making the container', 'Der Container wird angelegt'],
  ['Starting the container', 'Der Container startet'],
  ['Waiting for the notebook to answer', 'Warte auf die Antwort des Notebooks'],
  ['Waiting for the application to answer', 'Warte auf die Antwort der Anwendung'],
  ['Waiting for room on the machine. {place}', 'Warte auf Platz auf der Maschine. {place}'],
  ['Waiting for one of the machines', 'Warte auf eine der Maschinen'],
  ['Waiting for room on one of the machines: {words}', 'Warte auf Platz auf einer der Maschinen: {words}'],
  ['The machine {name} fetches what the server needs', 'Die Maschine {name} holt, was der Server braucht'],
  ['You are next', 'Sie sind als Nächstes dran'],
  ['You are {place} in line', 'Ihr Platz in der Reihe: {place}'],
  ['Server ready at {path}', 'Server bereit unter {path}'],
  ['Server ready', 'Server bereit'],
  ['Stopping', 'Wird gestoppt'],
  ['Not running', 'Läuft nicht'],

  // Warum ein Server steht
  ['the machine {name} went away', 'die Maschine {name} ist ausgefallen'],
  ['the machine {name} was emptied', 'die Maschine {name} wurde geleert'],
  ['freezing a server', 'einen Server einfrieren'],
  ['changing the limits of a running server', 'die Grenzen eines laufenden Servers ändern'],
  ['measuring what a server uses', 'messen, was ein Server verbraucht'],
  ['saving a running server as an environment', 'einen laufenden Server als Umgebung sichern'],
  [
    'leading to programs that listen inside of a server only',
    'zu Programmen führen, die nur innerhalb eines Servers lauschen',
  ],
  ['looking into volumes', 'in Volumes hineinsehen'],
  [
    'Servers still use files of that machine. Stop them first.',
    'Server verwenden noch Dateien dieser Maschine. Stoppen Sie sie zuerst.',
  ],
  ['idle for {span}', 'untätig seit {span}'],
  ['{n} second', '{n} Sekunde'],
  ['{n} seconds', '{n} Sekunden'],
  ['{n} minute', '{n} Minute'],
  ['{n} minutes', '{n} Minuten'],
  ['{n} hour', '{n} Stunde'],
  ['{n} hours', '{n} Stunden'],
  ['it was shut down from within', 'er wurde von innen heruntergefahren'],
  [
    'its container was removed on the machine, not by the hub',
    'sein Container wurde auf der Maschine entfernt, nicht vom Hub',
  ],
  ['the hub was shut down', 'der Hub wurde heruntergefahren'],
  ['the hub was restarted while it stopped', 'der Hub wurde neu gestartet, während er stoppte'],
  ['the account was removed', 'das Konto wurde entfernt'],
  ['its owner may not come in any more', 'wem er gehört, hat keinen Zugang mehr'],
  ['stopped by {who}', 'gestoppt von {who}'],

  // Namen und Passwörter
  [
    'A name is 1 to {most} small letters, digits, dots, dashes, underscores or @, and begins and ends with a letter or digit.',
    'Ein Name besteht aus 1 bis {most} Kleinbuchstaben, Ziffern, Punkten, Binde- und Unterstrichen oder @ und beginnt und endet mit einem Buchstaben oder einer Ziffer.',
  ],
  ['The password needs at least {least} characters.', 'Das Passwort braucht mindestens {least} Zeichen.'],
  ['The password is too long.', 'Das Passwort ist zu lang.'],
  [
    'This password is among the first that anybody would guess.',
    'Dieses Passwort gehört zu denen, die alle zuerst raten würden.',
  ],
  ['The password must not be made of the name.', 'Das Passwort darf nicht aus dem Namen gebildet sein.'],
  ['The new password is the old one.', 'Das neue Passwort ist das alte.'],
  ['The two passwords are not the same.', 'Die beiden Passwörter stimmen nicht überein.'],
  [
    'This name cannot be had here. Choose another one.',
    'Dieser Name ist hier nicht zu haben. Wählen Sie einen anderen.',
  ],
  [
    '{name} stands in the userlist without the word admin. Write it there, or choose another name.',
    '{name} steht in der Nutzerliste ohne das Wort admin. Schreiben Sie es dazu oder wählen Sie einen anderen Namen.',
  ],
  ['A name and a password were expected.', 'Erwartet wurden ein Name und ein Passwort.'],
  ['That cannot be a user name.', 'Das kann kein Benutzername sein.'],
  ['There is no such user.', 'Diese Person gibt es nicht.'],
  ['There is no such server.', 'Diesen Server gibt es nicht.'],
  ['It does not run, and left no words.', 'Er läuft nicht und hat keine Ausgabe hinterlassen.'],
  ['Nobody can remove their own account.', 'Das eigene Konto lässt sich nicht entfernen.'],

  // Was sich mit einem Server nicht tun lässt
  ['No image may be chosen here.', 'Hier lässt sich kein Image wählen.'],
  ['Servers may not run as root here.', 'Server dürfen hier nicht als root laufen.'],
  [
    'There is no profile for you here. Ask the administrator for access.',
    'Hier gibt es kein Profil für Sie. Bitten Sie die Administration um Zugang.',
  ],
  [
    'There is no profile {wanted} for you. Yours: {list}.',
    'Ein Profil {wanted} gibt es für Sie nicht. Ihre Profile: {list}.',
  ],
  ['{option} takes no text of your own.', '{option} nimmt keinen eigenen Text an.'],
  ['{option} cannot be {wanted}. Possible: {list}.', '{option} kann nicht {wanted} sein. Möglich: {list}.'],
  ['{key} should be a text.', '{key} muss ein Text sein.'],
  [
    'The server is still stopping. Try again in a moment.',
    'Der Server wird noch gestoppt. Versuchen Sie es gleich noch einmal.',
  ],
  ['The server has been started again.', 'Der Server wurde inzwischen wieder gestartet.'],
  [
    'The server is being started again and again by somebody.',
    'Der Server wird von jemandem immer wieder gestartet.',
  ],
  [
    "{name}'s server is in the process of starting, please wait.",
    'Der Server von {name} startet gerade. Bitte warten Sie.',
  ],
  ['A port is a number from 1 to 65535.', 'Ein Port ist eine Zahl von 1 bis 65535.'],
  [
    'At most {limit} named servers are allowed. Remove one first.',
    'Erlaubt sind höchstens {limit} benannte Server. Entfernen Sie erst einen.',
  ],
  [
    'Stop the servers of this account before you rename it.',
    'Stoppen Sie die Server dieses Kontos, bevor Sie es umbenennen.',
  ],
  ['User {name} already exists, username must be unique', 'Den Benutzernamen {name} gibt es schon.'],
  [
    'Files of a former {name} are kept. Delete them first, or choose another name.',
    'Dateien von jemandem, der früher {name} hieß, werden aufbewahrt. Löschen Sie sie zuerst, oder wählen Sie einen anderen Namen.',
  ],
  ['Limits can be changed while the server runs.', 'Grenzen lassen sich ändern, während der Server läuft.'],
  ['It is promised {least} bytes of memory.', 'Zugesagt sind ihm {least} Byte Speicher.'],
  ['the whole machine', 'der ganzen Maschine'],
  ['memory', 'Speicher'],

  // Gruppen, Dienste, Tokens
  ['Group {name} already exists', 'Die Gruppe {name} gibt es schon.'],
  ['Service {name} already exists', 'Den Dienst {name} gibt es schon.'],
  ['The OAuth client id {id} is taken', 'Die OAuth-Client-ID {id} ist vergeben.'],
  ['This api_token belongs to somebody else', 'Dieses api_token gehört jemand anderem.'],
  ['That is none of the terms that a token can have.', 'Diese Gültigkeitsdauer kann ein Token nicht haben.'],
  ['User {name} has {n} tokens: delete some first', '{name} hat {n} Tokens: Widerrufen Sie zuerst einige.'],
  [
    'A token cannot be given more than the credentials it is requested with',
    'Ein Token kann nicht mehr dürfen als die Anmeldung, mit der es erstellt wird.',
  ],
  [
    'Not assigning requested scopes {scopes} not held by User {name}',
    '{name} hat diese Berechtigungen selbst nicht: {scopes}.',
  ],
  ['You do not have permission to access {client}', 'Sie haben keine Berechtigung für {client}.'],

  // Anfragen
  [
    'Forms are taken without Content-Encoding only.',
    'Formulare werden nur ohne Content-Encoding angenommen.',
  ],
  ['The Host header is missing or malformed.', 'Die Kopfzeile Host fehlt oder ist fehlerhaft.'],
  ['The body broke off.', 'Die Übertragung ist abgebrochen.'],
  ['A form with one logout_token was expected.', 'Erwartet wurde ein Formular mit einem logout_token.'],

  // Neueres: Hinweise, Umgebungen, Volumes, Schlaf
  ['An announcement has 1 to {most} letters.', 'Ein Hinweis hat 1 bis {most} Zeichen.'],
  [
    'There are {most} announcements already: clear some first.',
    'Es gibt schon {most} Hinweise: Nehmen Sie zuerst einige zurück.',
  ],
  [
    'token expires_in: {wanted} must not exceed {most}',
    'Die Gültigkeit von {wanted} s ist länger als die erlaubten {most} s.',
  ],
  ["Scope '{scope}' does not exist", 'Die Berechtigung {scope} gibt es nicht.'],
  [
    'The server does not run: there is nothing to keep.',
    'Der Server läuft nicht: Es gibt nichts zu behalten.',
  ],
  [
    'An environment is saved of a server that runs.',
    'Eine Umgebung wird von einem laufenden Server gespeichert.',
  ],
  [
    'Its image has {layers} layers already: it was saved too often upon itself. Build an image instead.',
    'Sein Image hat schon {layers} Schichten: Es wurde zu oft auf sich selbst gespeichert. Bauen Sie stattdessen ein Image.',
  ],
  [
    'The server has written {written} outside of your files; {most} can be saved. Remove what you do not need.',
    'Der Server hat {written} außerhalb Ihrer Dateien geschrieben; {most} lassen sich speichern. Entfernen Sie, was Sie nicht brauchen.',
  ],
  [
    'The server is being started and stopped by somebody.',
    'Der Server wird gerade von jemandem gestartet und gestoppt.',
  ],
  ['The body took too long.', 'Die Übertragung hat zu lange gedauert.'],
  ['unused for {span}', 'unbenutzt seit {span}'],
  ['Stopped: {why}', 'Gestoppt: {why}'],
  [
    'It is mounted in {containers}. Stop that first.',
    'Es ist in {containers} eingehängt. Stoppen Sie das zuerst.',
  ],
  [
    '{server} of {owner} is not stopped. Stop it first.',
    '{server} von {owner} ist nicht gestoppt. Stoppen Sie ihn zuerst.',
  ],
  ['The server', 'Der Server'],
  ['The server {name}', 'Der Server {name}'],
  ['The upload broke off.', 'Die Übertragung ist abgebrochen.'],
  ['The upload broke off, or is no form.', 'Die Übertragung ist abgebrochen oder kein Formular.'],
];
