import { enRecords } from './en-records.ts';

/**
 * Every text of the pages, in English: the source of the keys. Another language is a file beside this one
 * that `satisfies Messages`, so that a missing text does not compile. Sentences about failures live in
 * `domain/problem.ts`.
 */
export const en = {
  lang: 'en',
  product: 'Berth',
  tagline: 'Notebook servers for everybody on this machine',

  shell: {
    skip: 'Skip to the content',
    menu: 'Main',
    home: 'Home',
    tokens: 'Tokens',
    sessions: 'Sessions',
    account: 'Account',
    admin: 'Administration',
    signOut: 'Sign out',
    signedInAs: (name: string) => `Signed in as ${name}`,
    theme: 'Appearance',
    themes: { system: 'Automatic', light: 'Light', dark: 'Dark' },
    lost: 'The connection to the hub was lost. Trying again …',
    trialTitle: 'Not safe',
    trial: 'For trials only: one password opens every account of this hub.',
  },

  units: {
    seconds: (n: number) => `${n} s`,
    minutes: (n: number) => `${n} min`,
    hours: (h: number, min: number) => (min === 0 ? `${h} h` : `${h} h ${min} min`),
    days: (n: number) => (n === 1 ? '1 day' : `${n} days`),
    ago: (span: string) => `${span} ago`,
    justNow: 'just now',
    never: 'never',
  },

  login: {
    title: 'Sign in',
    lead: 'to open your notebook server',
    name: 'Username',
    password: 'Password',
    show: 'Show password',
    caps: 'Caps Lock is on.',
    submit: 'Sign in',
    or: 'or',
    with: (label: string) => `Sign in with ${label}`,
    insecure:
      'This page came over an unencrypted connection. Others on the network could read your password. Ask the administrator for an https address.',
    noMethods:
      'No way to sign in has been set up yet. The administrator finds the next step in the logs of the hub.',
  },

  setup: {
    title: 'Welcome aboard',
    lead: 'You are the first one here. Choose the name and password of the administrator; this link works only once.',
    name: 'Username',
    nameHint: 'Small letters, digits and . _ @ - in between.',
    password: 'Password',
    passwordHint: (least: number) =>
      `At least ${least} characters. A few unrelated words are easy to remember and hard to guess.`,
    again: 'Password, once more',
    submit: 'Create the administrator',
    leadFor: (name: string) => `Choose a password for ${name}. This link works only once.`,
    submitFor: 'Set the password and sign in',
  },

  secondStep: {
    title: 'One more step',
    lead: 'Enter the code that your app shows for this hub.',
    code: 'Code',
    codeHint: 'Six digits, new every half minute. A recovery code works here, too.',
    submit: 'Go on',
    back: 'Back to the sign-in page',
  },

  signUp: {
    ask: 'Ask for an account',
    title: 'Ask for an account',
    lead: 'An administrator lets you in. Choose the name and password with which you will sign in.',
    leadOpen: 'Choose the name and password with which you will sign in.',
    submit: 'Ask',
    submitOpen: 'Make the account',
    back: 'Back to the sign-in page',
    askedTitle: 'You asked for an account',
    asked:
      'An administrator sees it and decides. If the name was free, you can sign in with it as soon as they have let you in.',
  },

  account: {
    title: 'Your account',
    lead: (name: string) => `How you sign in as ${name}.`,
    passwordTitle: 'Password',
    passwordLead: 'A new one signs you out everywhere else and ends your tokens.',
    old: 'Your password now',
    fresh: 'New password',
    again: 'New password, once more',
    change: 'Change the password',
    changed: 'The password was changed. You are signed out everywhere else.',
    secondTitle: 'Second step',
    secondOff:
      'With an app on your telephone that makes codes, a stolen password alone opens nothing. Setting it up takes a minute.',
    secondOn: 'After the password, you are asked for a code of your app.',
    since: 'Set up',
    left: (n: number) =>
      n === 0
        ? 'No recovery code is left: set it up anew to get some.'
        : n === 1
          ? '1 recovery code is left.'
          : `${n} recovery codes are left.`,
    confirm: 'Your password, to go on',
    setUp: 'Set up the second step',
    remove: 'Remove the second step',
    removed: 'The second step was removed. Name and password are enough again.',
  },

  secondFactor: {
    title: 'Set up the second step',
    lead: 'Scan this with an app that makes one-time codes, then enter the code that it shows.',
    qr: 'QR code with the secret for your app',
    byHand: 'Or type it in there:',
    code: 'Code of the app',
    codeHint: 'Six digits.',
    submit: 'Turn it on',
    cancel: 'Cancel',
  },

  recovery: {
    title: 'Keep these codes',
    lead: 'The second step is on. If you lose the telephone, each of these works once in place of its code.',
    careful: 'They are shown this one time only. Print them, or put them where your passwords are.',
    done: 'I have kept them',
  },

  waiting: {
    title: (n: number) => (n === 1 ? '1 person asks for an account' : `${n} people ask for an account`),
    lead: 'Anybody can type any name. Let in only those of whom you know that they asked.',
    from: (address: string) => `from ${address}`,
    approve: 'Let in',
    approveNamed: (name: string) => `Let in: ${name}`,
    reject: 'Reject',
    rejectNamed: (name: string) => `Reject: ${name}`,
  },

  signedOut: {
    title: 'You are signed out',
    lead: 'Your server, if it was running, keeps running.',
    again: 'Sign in again',
    goingOn: (label: string) => `You are signed out of this hub. Now on to ${label}, to sign out there too.`,
    goOn: (label: string) => `Go on to ${label}`,
    still: (label: string) =>
      `This browser may still be signed in at ${label}. On a machine that others use, sign out there too: whoever comes next could come in as you.`,
  },

  state: {
    stopped: 'Stopped',
    queued: 'Queued',
    pulling: 'Downloading image',
    creating: 'Starting',
    starting: 'Starting',
    waiting: 'Starting',
    ready: 'Running',
    stopping: 'Stopping',
    failed: 'Failed',
  },

  server: {
    own: 'Your server',
    ownNamed: (name: string) => `Your server ${name}`,
    of: (user: string) => `${user}’s server`,
    ofNamed: (user: string, name: string) => `${user}’s server ${name}`,
    image: 'Image',
    runningFor: 'Running for',
    lastActive: 'Last active',
    idleStop: 'If idle, stops at',
    idleStopIn: (span: string) => `(in ${span})`,
    start: 'Start',
    startAgain: 'Start again',
    open: 'Open',
    stop: 'Stop',
    watch: 'Watch the start',
    stopNamed: (label: string) => `Stop ${label}`,
    stopTitle: 'Stop it now?',
    stopLoses: 'What is only in memory is lost: variables and unsaved changes. Saved files stay.',
    stopConfirm: 'Yes, stop it',
    stopped: {
      user: 'You stopped it.',
      admin: 'An administrator stopped it.',
      idle: 'It was stopped to save resources:',
      died: 'It ended by itself:',
      removed: 'Its container was removed from outside.',
      'user-removed': 'It was stopped because the account left the list.',
      hub: 'The hub stopped it.',
    },
    stoppedAt: 'Stopped',
    filesSafe: 'Your files are safe.',
  },

  home: {
    title: (name: string) => `Hello, ${name}`,
    leadNone:
      'Your server is not running. Starting it takes a few moments; your files are where you left them.',
    leadRunning: 'Your server is running. Open it to go on where you left off.',
    leadStarting: 'Your server is on its way.',
    leadStopping: 'Your server is stopping.',
    leadFailed: 'Your server is not running. What happened is told below.',
    servers: 'Your servers',
  },

  failure: {
    logTitle: (lines: number) =>
      lines === 1 ? 'The last line it wrote' : `The last ${lines} lines it wrote`,
    forAdmin: 'For the administrator',
    code: 'Code',
    exitCode: 'Exit code',
    outOfMemory: 'ended by the kernel for lack of memory',
    engine: 'The engine said',
    when: 'When',
    copyHint: 'If you ask for help, say this code and time.',
  },

  progress: {
    title: (label: string) => `Starting ${label.startsWith('Your') ? label.replace('Your', 'your') : label}`,
    tabTitle: (percent: number) => `${percent} % · Starting`,
    lead: 'You are taken there as soon as it answers. You may close this page: the start goes on.',
    steps: {
      queued: 'Wait for a place',
      pulling: 'Get the image',
      creating: 'Make the container',
      starting: 'Start the container',
      waiting: 'Wait for the notebook to answer',
    },
    stepState: { done: 'done', now: 'in progress', todo: 'to do' },
    elapsed: 'Elapsed',
    bar: 'Progress of the start',
    cancel: 'Cancel the start',
    ready: 'Ready. Taking you there …',
    goNow: 'Open it now',
    stoppingTitle: (label: string) => `${label} is stopping`,
    stoppingLead: 'This takes a few seconds. The page goes on by itself.',
    stoppingTab: 'Stopping …',
    failedTab: 'Start failed',
    notRunningTab: 'Not running',
  },

  spawn: {
    title: 'Start a server',
    heading: (label: string) => `Start: ${label}`,
    lead: 'Choose what it is made of. Your files are the same in all.',
    leadNone: 'There is nothing for you to start here. Ask the administrator for access.',
    legend: 'Kind of server',
    refused: 'This cannot be started',
    submit: 'Start',
  },

  notRunning: {
    title: (label: string) => `${label} is not running`,
    lead: 'Start it, and you are back where you were.',
    failedTitle: (label: string) => `${label} could not start`,
    endedTitle: (label: string) => `${label} has ended`,
    start: 'Start it',
    tryAgain: 'Try again',
    home: 'Back to your home page',
    target: 'You wanted to open',
  },

  error: {
    number: 'Number',
    numberHint: 'Tell the administrator this number if you ask for help: the log of the hub knows it.',
    forAdmin: 'For the administrator',
    goHome: 'Go to your home page',
    signIn: 'Go to the sign-in page',
    startServer: 'See your server',
    status: (status: number) => `Error ${status}`,
  },

  tokens: {
    title: 'Tokens',
    lead: 'With a token, a script can do here what you can do. Treat it like your password.',
    makeTitle: 'Make a token',
    note: 'What is it for?',
    noteHint: 'For you, so that you know later which one to revoke.',
    expires: 'It works for',
    expiries: {
      '3600': 'one hour',
      '86400': 'one day',
      '604800': 'a week',
      '2592000': '30 days',
      '31536000': 'a year',
      '': 'ever, until it is revoked',
    },
    make: 'Make the token',
    issuedTitle: 'Here is your token',
    issuedLead: 'It is shown this one time only. Copy it now.',
    copy: 'Copy',
    copied: 'Copied',
    example: 'Try it:',
    ownTitle: 'Your tokens',
    none: 'You have not made any.',
    givenTitle: 'Given to servers that you opened',
    givenLead:
      'They come and go with your sign-in. Revoking one means to be asked once more when you open that server.',
    made: 'Made',
    used: 'Last used',
    ends: 'Ends',
    never: 'never',
    revoke: 'Revoke',
    revokeNamed: (note: string) => `Revoke ${note}`,
    revokeTitle: 'Revoke it now?',
    revokeLoses: 'Scripts that use it stop working at once. It cannot be brought back.',
    revokeConfirm: 'Yes, revoke it',
    revoked: 'The token was revoked.',
    badNote: 'Say in a few words what the token is for (at most 200 letters).',
  },

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
      image: 'Image',
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

  ...enRecords,
};

export type Messages = typeof en;
