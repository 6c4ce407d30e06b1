import { PROBLEMS } from '../../../domain/problem.ts';
import { enAdmin } from './en-admin.ts';
import { enAnnouncements } from './en-announcements.ts';
import { enGroups } from './en-groups.ts';
import { enHealth } from './en-health.ts';
import { enIdle } from './en-idle.ts';
import { enLimits } from './en-limits.ts';
import { enMachines } from './en-machines.ts';
import { enPorts } from './en-ports.ts';
import { enRecords } from './en-records.ts';
import { enScopes } from './en-scopes.ts';
import { enShare } from './en-share.ts';
import { enSignIn } from './en-sign-in.ts';
import { enStorage } from './en-storage.ts';
import { enTokens } from './en-tokens.ts';
import { enUsage } from './en-usage.ts';
import type { ProblemWords } from './problem-words.ts';
import type { Phrases } from './said.ts';

const problems: ProblemWords = PROBLEMS;
const said: Phrases = [];

/**
 * Every text of the pages, in English: the source of the keys. Each other language is a set of files beside
 * these with the same shape, so that a missing text does not compile (`docs/explanation/words.md`).
 */
export const en = {
  ...enSignIn,
  ...enAdmin,
  ...enUsage,
  ...enShare,
  ...enStorage,
  ...enHealth,
  ...enMachines,
  problems,
  scopes: enScopes,
  /** English is what everybody says already. */
  said,
  lang: 'en',
  /** What the language calls itself. */
  language: 'English',
  product: 'Berth',
  unknown: 'unknown',

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
    language: 'Language',
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

  state: {
    stopped: 'Stopped',
    queued: 'Queued',
    pulling: 'Downloading image',
    creating: 'Starting',
    starting: 'Starting',
    waiting: 'Starting',
    ready: 'Running',
    frozen: 'Asleep',
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
      aged: 'It was stopped because it had run for as long as servers may:',
      schedule: 'It was stopped at the end of its class:',
      died: 'It ended by itself:',
      removed: 'Its container was removed from outside.',
      'user-removed': 'It was stopped because the account left the list.',
      hub: 'The hub stopped it.',
      away: 'The machine on which it ran does not answer any more:',
      drained: 'The machine on which it ran was emptied for maintenance:',
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
  },

  failure: {
    logTitle: (lines: number) =>
      lines === 1 ? 'The last line it wrote' : `The last ${lines} lines it wrote`,
    forAdmin: 'For the administrator',
    code: 'Code',
    exitCode: 'Exit code',
    outOfMemory: 'ended by the kernel for lack of memory',
    engine: 'The engine said',
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
    status: (status: number) => `Error ${status}`,
  },

  ...enRecords,
  ...enTokens,
  ...enAnnouncements,
  ...enGroups,
  ...enIdle,
  ...enPorts,
  ...enLimits,
};

export type Messages = typeof en;
