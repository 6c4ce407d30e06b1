import type { enHealth } from './en-health.ts';

/** Die Seite des Zustands. */
export const deHealth: typeof enHealth = {
  health: {
    title: 'Zustand',
    lead: 'Dasselbe wie ./berth doctor: wie dieser Hub und seine Maschine von innen und von außen aussehen.',
    looked: 'Nachgesehen',
    again: 'Noch einmal nachsehen',
    all: (n: number) => `Alle ${n} sind in Ordnung.`,
    some: (failures: number, warnings: number) => `Fehler: ${failures}. Warnungen: ${warnings}.`,
    levels: { ok: 'In Ordnung', warn: 'Warnung', fail: 'Fehler' },
    columns: { code: 'Code', what: 'Was', found: 'Befund', state: 'Zustand' },
  },
};
