import type { STORAGE_PROBLEMS } from '../../../domain/problems/storage-problems.ts';
import type { WordsOf } from './problem-words.ts';

/** Störungen um Volumes, Images und eigene Umgebungen. */
export const deStorageProblems: WordsOf<typeof STORAGE_PROBLEMS> = {
  'VOLUME-001': { title: 'Das Volume wird gerade benutzt', user: '{detail}' },
  'VOLUME-002': {
    title: 'Mit diesen Dateien geschieht gerade etwas',
    user: 'Ihre Dateien sind in Arbeit ({doing}). Versuchen Sie es danach noch einmal.',
  },
  'VOLUME-003': {
    title: 'Es sind schon Dateien da',
    user: 'Das Volume {volume} ist nicht leer. Bestätigen Sie, dass seine Dateien ersetzt werden dürfen: Sie sind dann verloren.',
  },
  'VOLUME-004': {
    title: 'Das ist kein Archiv, das sich zurückspielen lässt',
    user: '{detail} Die Dateien auf dem Volume sind unverändert.',
  },
  'VOLUME-005': {
    title: 'Die Dateien konnten nicht an ihren Platz gebracht werden',
    user: 'Sagen Sie es der Administration: Was Sie hochgeladen haben, ist vollständig und liegt im Volume {kept}.',
  },
  'STORAGE-001': {
    title: 'Ihre Dateien brauchen mehr Platz, als Sie haben',
    user: 'Ihre Dateien belegen {used}; erlaubt sind {quota}. Bis es weniger sind, startet kein Server: Bitten Sie die Administration um Hilfe, oder laden Sie herunter, was Sie brauchen, und löschen Sie das Volume auf der Seite „Ihre Dateien“.',
  },
  'STORAGE-002': {
    title: 'Die Grenze für den Plattenplatz lässt sich nicht einhalten',
    user: 'Für Ihre Dateien konnte kein Volume angelegt werden. Sagen Sie es der Administration.',
  },
  'STORAGE-003': {
    title: 'Es fehlt ein Image, um Volumes zu lesen',
    user: 'Dateien lassen sich im Augenblick weder lesen noch schreiben. Sagen Sie es der Administration.',
  },
  'IMAGE-001': {
    title: 'Dieses Image benutzt hier niemand',
    user: '{image} steht in keinem Profil und in keiner Einstellung. Wählen Sie eines aus der Liste.',
  },
  'ENV-001': {
    title: 'Sie dürfen keine Umgebung speichern',
    user: 'Umgebungen zu speichern ist für Sie nicht freigegeben. Fragen Sie die Administration.',
  },
  'ENV-002': {
    title: 'Sie haben so viele Umgebungen gespeichert, wie Sie dürfen',
    user: 'Sie haben {have} von {limit}. Entfernen Sie eine, die Sie nicht mehr brauchen.',
  },
  'ENV-003': { title: 'Die Umgebung lässt sich nicht speichern', user: '{detail}' },
  'ENV-004': {
    title: 'Die Umgebung wurde nicht gespeichert',
    user: 'Das Image ließ sich nicht von den Geheimnissen des Servers befreien und wurde deshalb verworfen. Sagen Sie es der Administration.',
  },
  'ENV-005': {
    title: 'Die Umgebung wird gerade benutzt',
    user: 'Ein Server läuft mit ihr. Stoppen Sie ihn zuerst.',
  },
};
