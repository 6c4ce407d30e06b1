import type { enLimits } from './en-limits.ts';

/** Grenzen eines laufenden Servers, und was er sagt, während auf seinen Start gewartet wird. */
export const deLimits: typeof enLimits = {
  limits: {
    title: (label) => `Grenzen: ${label}`,
    link: 'Grenzen',
    linkNamed: (label) => `Grenzen: ${label}`,
    lead: 'Sie gelten sofort, der Server läuft weiter. Der nächste Start hat wieder die Grenzen seines Profils.',
    memory: 'Arbeitsspeicher',
    memoryHint: 'Etwa 512M oder 4G. Weniger als gerade benutzt wird, wird abgelehnt.',
    cpus: 'Kerne',
    cpusHint: 'Etwa 0.5 oder 2.',
    now: (value) => `Jetzt: ${value}`,
    none: 'keine Grenze',
    submit: 'Grenzen ändern',
    changed: 'Die Grenzen sind geändert.',
    refused: 'Die Grenzen sind wie vorher',
    badMemory: 'Der Arbeitsspeicher muss eine Größe wie 512M oder 4G sein, mindestens 64 MiB.',
    badCpus: 'Kerne müssen eine Zahl von 0.01 bis 1024 sein.',
    nothing: 'Weder Arbeitsspeicher noch Kerne sind angegeben.',
    back: 'Zurück zu den Personen',
  },
  startLog: { title: 'Was er sagt' },
};
