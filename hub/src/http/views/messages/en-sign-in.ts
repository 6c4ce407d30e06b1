/** Signing in and out, and one’s own account. */
export const enSignIn = {
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
};
