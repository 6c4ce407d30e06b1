import { deShareProblems } from './de-share-problems.ts';
import { deStorageProblems } from './de-storage-problems.ts';
import type { ProblemWords } from './problem-words.ts';

/** Störungen, wie sie der Person erklärt werden. Die Sätze für die Administration sind englisch wie das Protokoll. */
export const deProblems: ProblemWords = {
  ...deStorageProblems,
  ...deShareProblems,
  'AUTH-001': {
    title: 'Benutzername oder Passwort ist falsch',
    user: 'Prüfen Sie beides und versuchen Sie es noch einmal.',
  },
  'AUTH-002': {
    title: 'Sie stehen nicht auf der Liste',
    user: 'Sie haben sich als {name} angemeldet, aber dieser Name hat hier keinen Zugang. Bitten Sie die Administration, Sie hinzuzufügen.',
  },
  'AUTH-003': {
    title: 'Zu viele Versuche',
    user: 'Warten Sie {seconds} Sekunden und versuchen Sie es dann noch einmal.',
  },
  'AUTH-004': {
    title: 'Dieses Formular ist veraltet',
    user: 'Gehen Sie zurück, laden Sie die Seite neu und senden Sie es noch einmal.',
  },
  'AUTH-005': {
    title: 'Die Anmeldung wurde unterbrochen',
    user: 'Beginnen Sie noch einmal auf der Anmeldeseite.',
  },
  'AUTH-006': {
    title: 'Die Anmeldung wurde abgebrochen',
    user: 'Sie haben {provider} nicht erlaubt, Sie anzumelden. War das ein Versehen, beginnen Sie noch einmal.',
  },
  'AUTH-007': {
    title: '{provider} hat nicht richtig geantwortet',
    user: 'Es wurde niemand angemeldet. Versuchen Sie es in einigen Minuten noch einmal; bleibt es dabei, nennen Sie der Administration die Nummer unten.',
  },
  'AUTH-008': {
    title: 'Dieser Name gehört jemand anderem',
    user: 'Das Konto {name} dieses Hubs wird auf andere Weise geöffnet oder gehört bei {provider} einer anderen Person. Fragen Sie die Administration.',
  },
  'AUTH-009': {
    title: 'Dieser Link wurde schon benutzt oder ist zu alt',
    user: 'Bitten Sie um einen neuen: Auf der Maschine gibt `make up` ihn aus.',
  },
  'AUTH-010': { title: 'Dieser Name oder dieses Passwort geht nicht', user: '{detail}' },
  'AUTH-020': {
    title: 'Ihr Konto bei {provider} lässt sich hier nicht verwenden',
    user: 'Es enthält nichts Brauchbares in {claim}, woraus dieser Hub die Namen nimmt. Sagen Sie es der Administration.',
  },
  'AUTH-021': {
    title: 'Das ist keine Abmeldung',
    user: 'Die Nachricht stammt nicht vom Anmeldedienst, ist zu alt oder wurde schon verwendet.',
  },
  'AUTH-030': {
    title: 'Ihre Anmeldung ist abgelaufen',
    user: 'Melden Sie sich noch einmal an und starten Sie dann Ihren Server.',
  },
  'AUTH-040': {
    title: 'Es melden sich gerade zu viele an',
    user: 'Es wurde niemand angemeldet. Versuchen Sie es in {seconds} Sekunden noch einmal.',
  },
  'AUTH-041': {
    title: 'Dieses Konto ist zurzeit nicht nutzbar',
    user: 'Name und Passwort stimmen, aber das Konto ist abgelaufen, gesperrt oder braucht ein neues Passwort. Fragen Sie die Administration der Maschine.',
  },
  'AUTH-042': {
    title: 'Sie sind noch nicht freigeschaltet',
    user: 'Die Administration muss das beantragte Konto erst freischalten. Kommen Sie später wieder.',
  },
  'AUTH-043': {
    title: 'Dieser Code stimmt nicht',
    user: 'Ein Code gilt 30 Sekunden lang und nur einmal. Warten Sie auf den nächsten oder verwenden Sie einen Wiederherstellungscode.',
  },
  'AUTH-044': {
    title: 'Das hat zu lange gedauert',
    user: 'Melden Sie sich noch einmal mit Name und Passwort an und geben Sie dann den Code ein.',
  },
  'AUTH-045': {
    title: 'Das ist nicht Ihr Passwort',
    user: 'Geben Sie das Passwort ein, mit dem Sie sich zurzeit anmelden.',
  },
  'AUTH-046': {
    title: 'Zurzeit werden keine Anträge angenommen',
    user: 'Zu viele warten auf ein Konto. Bitten Sie die Administration um einen Anmeldelink.',
  },
  'AUTH-047': {
    title: 'Die Administration meldet sich anders an',
    user: 'Dieser Name gehört zur Administration und kann sich mit diesem Passwort nicht anmelden. Melden Sie sich so an, wie es die Administration hier tut.',
  },
  'AUTH-048': {
    title: 'Der zweite Faktor lässt sich noch nicht einrichten',
    user: 'Dem Hub fehlt ein Schlüssel, um Ihr Geheimnis zu verwahren. Sagen Sie es der Administration.',
  },
  'PERM-001': {
    title: 'Das dürfen Sie nicht',
    user: 'Ihr Konto hat dafür keine Berechtigung. Wenn Sie sie brauchen, fragen Sie die Administration.',
  },
  'HTTP-400': { title: 'Die Anfrage war nicht zu verstehen', user: '{detail}' },
  'HTTP-404': {
    title: 'Hier ist nichts',
    user: 'Vielleicht ist die Adresse vertippt, oder was sie meinte, gibt es nicht mehr. Gehen Sie von der Startseite aus weiter.',
  },
  'HTTP-405': {
    title: 'Das geht hier nicht',
    user: 'Gehen Sie zurück und benutzen Sie die Schaltflächen der Seite.',
  },
  'HTTP-413': {
    title: 'Es wurde zu viel gesendet',
    user: 'Was Sie gesendet haben, ist größer, als der Hub annimmt. Senden Sie weniger auf einmal.',
  },
  'HTTP-500': {
    title: 'Im Hub ist etwas schiefgegangen',
    user: 'Das ist nicht Ihr Fehler. Versuchen Sie es noch einmal; bleibt es dabei, nennen Sie der Administration die Nummer unten.',
  },
  'HTTP-502': {
    title: 'Ihr Server hat nicht richtig geantwortet',
    user: 'Laden Sie die Seite neu; bleibt es dabei, starten Sie Ihren Server auf der Startseite neu.',
  },
  'HTTP-503': {
    title: 'Ihr Server antwortet nicht',
    user: 'Vielleicht wurde er gerade gestoppt. Ihre Dateien sind sicher: Starten Sie ihn auf der Startseite wieder.',
  },
  'HTTP-590': {
    title: 'Gleich geht es weiter',
    user: 'Der Hub hat gerade nicht geantwortet; vielleicht startet er. Laufende Notebooks laufen weiter. Laden Sie die Seite neu.',
  },
  'HTTP-504': {
    title: 'Ihr Server hat zu lange gebraucht',
    user: 'Vielleicht ist er beschäftigt. Warten Sie ein wenig und laden Sie die Seite neu.',
  },
  'STORE-001': {
    title: 'Der Hub kann nicht auf seine Platte schreiben',
    user: 'Es wurde nichts geändert. Laufende Server laufen weiter. Sagen Sie es der Administration.',
  },
  'SERVER-001': { title: 'Dieser Server ist gerade mit etwas anderem beschäftigt', user: '{detail}' },
  'SERVER-002': { title: 'Die Grenze lässt sich nicht ändern', user: '{detail}' },
  'SPAWN-101': {
    title: 'Das Image gibt es nicht',
    user: 'Die Umgebung {image} wurde nicht gefunden. Sagen Sie es der Administration.',
  },
  'SPAWN-102': {
    title: 'Das Image darf nicht geladen werden',
    user: 'Der Hub darf {image} nicht herunterladen. Sagen Sie es der Administration.',
  },
  'SPAWN-103': {
    title: 'Das Image ist für eine andere Art von Maschine',
    user: '{image} läuft auf dieser Maschine nicht. Sagen Sie es der Administration.',
  },
  'SPAWN-104': {
    title: 'Das Herunterladen dauert zu lange',
    user: 'Das Image ist groß oder die Leitung langsam. Versuchen Sie es noch einmal: Was schon da ist, bleibt.',
  },
  'SPAWN-105': {
    title: 'Das Image konnte nicht geladen werden',
    user: 'Der Hub hat den Ort, an dem {image} liegt, nicht erreicht. Versuchen Sie es noch einmal oder sagen Sie es der Administration.',
  },
  'SPAWN-110': {
    title: 'Die Platte der Maschine ist voll',
    user: 'Ihr Server kann erst starten, wenn wieder Platz ist. Ihre Dateien sind sicher. Sagen Sie es der Administration.',
  },
  'SPAWN-120': {
    title: 'Das Notebook hat sich beim Starten beendet',
    user: 'Seine letzten Zeilen stehen unten. Wenn sie Ihnen nichts sagen, schicken Sie sie der Administration.',
  },
  'SPAWN-121': {
    title: 'Der Speicher hat nicht gereicht',
    user: 'Der Server brauchte beim Starten mehr als seine Grenze von {limit}. Bitten Sie um einen größeren.',
  },
  'SPAWN-122': {
    title: 'Das Notebook ist gestartet, antwortet aber nicht',
    user: 'Versuchen Sie es noch einmal. Bleibt es dabei, schicken Sie die Zeilen unten der Administration.',
  },
  'SPAWN-130': {
    title: 'Das Gerät ist nicht da',
    user: 'Diese Umgebung braucht eine GPU oder ein anderes Gerät, das die Maschine nicht bieten kann. Wählen Sie eine andere oder sagen Sie es der Administration.',
  },
  'SPAWN-131': {
    title: 'Ihre Dateien konnten nicht angebunden werden',
    user: 'Ihr persönlicher Ordner lässt sich nicht öffnen. Sagen Sie es der Administration.',
  },
  'SPAWN-140': {
    title: 'Diese Umgebung ist zu groß für die Maschine',
    user: 'Ihr ist mehr {detail} zugesagt, als die Maschine für alle Server zusammen hat. Wählen Sie eine kleinere.',
  },
  'SPAWN-141': {
    title: 'Ein Container dieses Namens ist schon da',
    user: 'Etwas anderes auf der Maschine trägt den Namen Ihres Servers. Sagen Sie es der Administration.',
  },
  'SPAWN-142': {
    title: 'Was Sie gewählt haben, gibt es nicht mehr',
    user: '{detail} Wählen Sie neu.',
  },
  'SPAWN-150': {
    title: 'Die Container-Engine antwortet nicht',
    user: 'Im Augenblick lässt sich nichts starten. Versuchen Sie es in einer Minute noch einmal.',
  },
  'SPAWN-160': {
    title: 'Der Start wurde abgebrochen',
    user: 'Starten Sie wieder, wann immer Sie möchten.',
  },
  'SPAWN-170': {
    title: 'Der Proxy antwortet nicht',
    user: 'Ihr Server läuft, ist aber noch nicht erreichbar. Versuchen Sie es in einer Minute noch einmal.',
  },
  'SPAWN-171': {
    title: 'Diese Art Server ist hier nicht möglich',
    user: 'Die Anwendung läuft, aber niemand würde Fremde von ihr fernhalten; darum wurde sie nicht geöffnet. Sagen Sie es der Administration.',
  },
  'SPAWN-180': {
    title: 'Auf mehreren Maschinen geht das nicht',
    user: 'Die Server hier laufen auf einem Verbund von Maschinen, der das nicht kann: {detail}.',
  },
  'SPAWN-181': {
    title: 'Die Maschine mit Ihren Dateien ist nicht erreichbar',
    user: 'Ihre Dateien liegen auf der Maschine {machine}, die gerade nicht antwortet. Nichts ist verloren. Starten Sie erneut, wenn sie wieder da ist, oder fragen Sie die Administration.',
  },
  'SPAWN-182': {
    title: 'Die Maschine mit Ihren Dateien wird gewartet',
    user: 'Ihre Dateien liegen auf der Maschine {machine}, die gerade keine Server annimmt. Nichts ist verloren. Starten Sie erneut, wenn die Wartung vorbei ist.',
  },
  'SPAWN-183': {
    title: 'Keine der Maschinen passt',
    user: 'Diese Umgebung verlangt etwas, das keine der Maschinen hat. Wählen Sie eine andere, oder sagen Sie es der Administration.',
  },
  'SPAWN-184': {
    title: 'Die Maschine ist während des Starts ausgefallen',
    user: 'Die Maschine {machine} antwortet nicht mehr. Ihre Dateien sind unberührt. Starten Sie erneut.',
  },
  'SPAWN-199': {
    title: 'Der Start ist fehlgeschlagen',
    user: 'Die Container-Engine hat abgelehnt. Sagen Sie es der Administration: Der Grund steht im Protokoll des Hubs.',
  },
  'RUN-101': {
    title: 'Ihrem Server ging der Speicher aus',
    user: 'Er hat mehr als seine Grenze von {limit} verbraucht und wurde beendet. Gespeicherte Dateien sind sicher. Starten Sie ihn wieder und bearbeiten Sie weniger auf einmal.',
  },
  'RUN-102': {
    title: 'Ihr Server hat sich selbst beendet',
    user: 'Gespeicherte Dateien sind sicher. Starten Sie ihn wieder.',
  },
};
