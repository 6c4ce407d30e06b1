/** Limits of a running server, and what it says while its start is waited for. */
export const enLimits = {
  limits: {
    title: (label: string) => `Limits of ${label}`,
    link: 'Limits',
    linkNamed: (label: string) => `Limits of ${label}`,
    lead: 'They are in force at once, and the server goes on. Its next start has those of its profile again.',
    memory: 'Memory',
    memoryHint: 'Such as 512M or 4G. Less than is in use is refused.',
    cpus: 'Cores',
    cpusHint: 'Such as 0.5 or 2.',
    now: (value: string) => `Now: ${value}`,
    none: 'no limit',
    submit: 'Change the limits',
    changed: 'The limits are changed.',
    refused: 'The limits are as they were',
    badMemory: 'Memory should be a size such as 512M or 4G, 64 MiB at least.',
    badCpus: 'Cores should be a number from 0.01 to 1024.',
    nothing: 'Neither memory nor cores are given.',
    back: 'Back to the people',
  },
  startLog: { title: 'What it says' },
};
