/** What administrators read. */
export const enAdmin = {
  access: {
    title: (label: string) => `Open ${label}?`,
    lead: (client: string) => `${client} asks who you are and what you may do there.`,
    asYou: (user: string, owner: string) =>
      `You will act as ${user} in ${owner}’s server. What you open and change there are ${owner}’s files.`,
    may: 'It will be able to',
    allow: 'Allow and open',
    cancel: 'Cancel',
  },
  admin: {
    title: 'People and servers',
    summary: (people: number, running: number) =>
      `${people === 1 ? '1 person' : `${people} people`}, ${running === 1 ? '1 server' : `${running} servers`} running`,
    search: 'Search names',
    show: 'Show',
    filters: {
      all: 'Everybody',
      running: 'With a running server',
      admins: 'Administrators',
      failed: 'With a failed start',
    },
    apply: 'Apply',
    columns: {
      name: 'Name',
      server: 'Server',
      activity: 'Last active',
      actions: 'Actions',
    },
    sortBy: (column: string) => `Sort by ${column}`,
    administrator: 'Administrator',
    you: 'you',
    none: 'Nobody matches. Change the search, or show everybody.',
    clear: 'Show everybody',
    pages: 'Pages',
    previous: 'Previous',
    next: 'Next',
    range: (from: number, to: number, of: number) => `${from}–${to} of ${of}`,
    remove: 'Remove',
    invite: 'Sign-in link',
    inviteNamed: (user: string) => `Make a sign-in link for ${user}`,
    removeNamed: (user: string) => `Remove ${user}`,
    dropSecondStep: 'Second step',
    dropSecondStepNamed: (user: string) => `Second step of ${user}`,
    dropSecondStepQuestion: 'Take it away?',
    dropSecondStepLoses: (user: string) =>
      `${user} then signs in with the password alone. Do it when both the app and the recovery codes are lost, and you know who asks.`,
    dropSecondStepConfirm: 'Yes, take it away',
    addTitle: 'Add people',
    addLead: 'One name a line. They can sign in from then on.',
    names: 'Names',
    asAdmin: 'Make them administrators',
    add: 'Add',
    tooMany: 'At most 1000 names at once. Nothing was added.',
    badNames: (names: string) => `These cannot be user names: ${names}. Nothing was added.`,
    noneNew: 'No new names were given: nothing was added.',
    rooms: {
      label: 'Administration',
      people: 'People and servers',
      departed: 'Departed people',
      audit: 'Audit log',
    },
    actionsNamed: (user: string) => `Actions: ${user}`,
    sessions: 'Sessions',
    sessionsNamed: (user: string) => `Sessions of ${user}`,
    notice: {
      added: (names: string) => `Added: ${names}.`,
      removed: (name: string) => `${name} was removed. Their files are kept.`,
      approved: (name: string) => `${name} can sign in now.`,
      rejected: (name: string) => `${name} was not let in.`,
      dropped: (name: string) => `The second step of ${name} was taken away.`,
    },
  },
  invitation: {
    title: (user: string) => `A link for ${user}`,
    lead: (user: string, days: number) =>
      `With it ${user} chooses a password and signs in. It works once, within ${days} days, and is shown this one time only. An older link stops working.`,
    careful: 'Whoever opens it first is that person here: send it to nobody else.',
    back: 'Back to the list',
  },
  removeUser: {
    title: (user: string) => `Remove ${user}?`,
    lead: 'This happens at once and cannot be taken back:',
    servers: (n: number) =>
      n === 0
        ? 'No server of theirs is running.'
        : n === 1
          ? 'Their running server stops. What is only in memory is lost.'
          : `Their ${n} running servers stop. What is only in memory is lost.`,
    sessions: 'They are signed out everywhere, and their tokens stop working.',
    files:
      'Their files are kept: the volume stays on this machine, and comes back if the name is added again.',
    userlist: 'A name that stands in the userlist file can sign in again: take it out there too.',
    confirm: (user: string) => `Remove ${user}`,
    cancel: 'Keep',
  },
};
