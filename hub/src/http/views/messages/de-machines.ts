import type { enMachines } from './en-machines.ts';

/** Server auf vielen Maschinen. */
export const deMachines: typeof enMachines = {
  machines: {
    title: 'Maschinen',
    lead: 'Auf ihnen laufen die Server. Welche einen Server bekommt, sagt Docker Swarm; hier steht, was er zuletzt meldete.',
    columns: {
      machine: 'Maschine',
      state: 'Zustand',
      servers: 'Laufende Server',
      room: 'Zugesagt',
      volumes: 'Volumes dort',
    },
    states: {
      ready: 'Nimmt Server an',
      paused: 'Nimmt keine neuen an',
      draining: 'Wird geleert',
      away: 'Antwortet nicht',
      gone: 'Hat den Swarm verlassen',
    },
    manager: 'Manager',
    room: (memory, memoryOf, cores, coresOf) => `${memory} von ${memoryOf}, ${cores} von ${coresOf} Kernen`,
    emptiedIn: (time) => `Ihre Server werden in ${time} beendet.`,
    none: 'Der Swarm hat noch keine Maschine gemeldet.',
    howTo:
      'Um eine Maschine außer Betrieb zu nehmen, lassen Sie sie keine neuen Server annehmen: docker node update --availability pause. Wer dort arbeitet, wird gewarnt; nach der Frist ist sie leer.',
    homesTitle: (machine) => `Dateien auf ${machine}`,
    homesLead: (volumes) =>
      volumes === 1
        ? 'Ein Volume liegt auf dieser Maschine, und der Server seines Besitzers startet nirgends sonst. Wurden die Dateien auf eine andere Maschine gebracht oder aufgegeben, sagen Sie es hier.'
        : `${volumes} Volumes liegen auf dieser Maschine, und die Server ihrer Besitzer starten nirgends sonst. Wurden diese Dateien auf eine andere Maschine gebracht oder aufgegeben, sagen Sie es hier.`,
    homesLose:
      'Der nächste Start nimmt das Volume, das am angegebenen Ort liegt; gibt es dort keines, ist es leer. Auf der alten Maschine wird nichts gelöscht, aber niemand sucht mehr dort.',
    target: 'Die Dateien liegen jetzt',
    nowhere: 'nirgends: mit leeren Volumes auf beliebigen Maschinen beginnen',
    on: (machine) => `auf ${machine}`,
    confirm: 'Schreiben Sie zur Bestätigung den Namen der Maschine',
    notConfirmed: 'Der Name stand nicht so da, wie er lautet: Nichts wurde geändert.',
    submit: 'Die Dateien von nun an dort suchen',
    changed: 'Von nun an werden die Dateien dort gesucht.',
    machine: 'Maschine',
    moved: {
      away: (from) => `Hierher verlegt, weil die Maschine ${from} nicht mehr antwortete`,
      drained: (from) => `Hierher verlegt, weil die Maschine ${from} geleert wurde`,
    },
    movedLoses: 'Er wurde neu gestartet: Was nur im Speicher lag, ist verloren. Ihre Dateien sind dieselben.',
    closing: (label, machine, time) => `${label} läuft auf ${machine}, wo in ${time} eine Wartung beginnt`,
    closingMoves:
      'Speichern Sie Ihre Arbeit. Der Server wird dann gestoppt und auf einer anderen Maschine wieder gestartet.',
    closingStops:
      'Speichern Sie Ihre Arbeit. Der Server wird dann gestoppt und startet wieder, wenn die Wartung vorbei ist, denn Ihre Dateien liegen auf dieser Maschine.',
    lacks: {
      pause:
        'Die Server laufen auf mehreren Maschinen und lassen sich nicht einfrieren: Untätige werden gestoppt.',
      limit:
        'Die Server laufen auf mehreren Maschinen: Die Grenzen eines laufenden lassen sich nicht ändern. Der nächste Start hat die seines Profils.',
      usage: 'Die Server laufen auf mehreren Maschinen: Niemand misst, was jeder von ihnen verbraucht.',
      save: 'Die Server laufen auf mehreren Maschinen und lassen sich nicht als Umgebung sichern. Bauen Sie stattdessen ein Image.',
      ports:
        'Die Server laufen auf mehreren Maschinen: Programme sind nur erreichbar, wenn das Image jupyter-server-proxy enthält.',
      volumes:
        'Die Dateien liegen auf mehreren Maschinen, und der Hub sieht in keine hinein: Kopieren und ersetzen Sie sie auf der Maschine oder auf dem Dateiserver.',
    },
    perMachine: 'Auf jeder Maschine',
    pull: {
      waiting: 'wartet',
      fetching: 'holt es',
      there: 'hat es',
      failed: 'gescheitert',
      skipped: 'ausgelassen',
    },
  },
};
