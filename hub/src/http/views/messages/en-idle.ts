/** Idle servers: asleep, warned of, kept; and the schedules that start them. */
export const enIdle = {
  idle: {
    leadFrozen: 'Your server is asleep. It wakes when you open it, with everything in its memory.',
    freezes: 'If unused, sleeps from',
    agedStop: 'Stops at the latest at',
    kept: 'Kept until',
    keep: (span: string) => `Keep it for ${span}`,
    keepNamed: (span: string, label: string) => `Keep it for ${span}: ${label}`,
    warnIdle: (label: string, span: string) => `${label} is idle and stops in ${span}.`,
    warnAged: (label: string, span: string) =>
      `${label} has run for as long as servers may, and stops in ${span}.`,
    warnLoses: 'What is only in memory is lost then: variables and unsaved changes. Saved files stay.',
  },
  schedules: {
    title: 'Schedules',
    lead: 'Servers that start by themselves, before a class. They stand in the configuration: schedules.',
    name: 'Schedule',
    start: 'Starts',
    stop: 'Stops',
    whom: 'For',
    last: 'Last time',
    never: 'not yet',
    ran: (started: number, running: number, failed: number) =>
      `${started} started, ${running} ran already${failed === 0 ? '' : `, ${failed} could not`}`,
    next: 'Next time',
    seldom: 'not within a year',
  },
};
