/** The doctor's page. Part of `en`. What a probe found is told in English, as the log and the command line tell it. */
export const enHealth = {
  health: {
    title: 'Health',
    lead: 'The same as ./berth doctor: what this hub and its machine look like from in here and from outside.',
    looked: 'Looked',
    again: 'Look again',
    all: (n: number) => `All ${n} are well.`,
    some: (failures: number, warnings: number) => `Failures: ${failures}. Warnings: ${warnings}.`,
    levels: { ok: 'Well', warn: 'Warning', fail: 'Failure' },
    columns: { code: 'Code', what: 'What', found: 'What was found', state: 'State' },
  },
};
