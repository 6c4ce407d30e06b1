// The pages of signing in, signing up, one's own account and signing out.

import { encode } from 'uqr';
import { AccountView } from '../../hub/src/http/views/account.tsx';
import { LoginView } from '../../hub/src/http/views/login.tsx';
import type { Shell } from '../../hub/src/http/views/props.ts';
import { renderPage } from '../../hub/src/http/views/render.ts';
import { RecoveryCodesView, SecondFactorView } from '../../hub/src/http/views/second-factor.tsx';
import { SecondStepView } from '../../hub/src/http/views/second-step.tsx';
import { SetupView } from '../../hub/src/http/views/setup.tsx';
import { SignedUpView, SignUpView } from '../../hub/src/http/views/sign-up.tsx';
import { SignedOutView } from '../../hub/src/http/views/signed-out.tsx';
import { HOSTILE_NAME } from './hostile-name.ts';
import { sampleProblem } from './words-samples.ts';

const MINUTE = 60_000;

export function signInSamples(shell: Shell, outside: Shell) {
  const { t, now } = shell;
  const github = { id: 'github', label: 'GitHub', href: '/hub/oauth_login' };
  const keycloak = {
    id: 'generic-oauth',
    label: 'Uni-Heidelberg',
    href: '/hub/oauth_login?provider=generic-oauth',
  };
  const methods = { passwords: true, otpPrompt: null, signUp: false, providers: [] };

  return {
    login: renderPage(LoginView, {
      shell: outside,
      next: '/hub/home',
      username: '',
      methods: { ...methods, providers: [github] },
      insecure: false,
    }),
    'login-refused': renderPage(LoginView, {
      shell: outside,
      next: null,
      username: 'ana',
      error: { ...sampleProblem(shell, 'AUTH-001') },
      methods,
      insecure: true,
    }),
    'login-provider-only': renderPage(LoginView, {
      shell: outside,
      next: null,
      username: '',
      methods: { ...methods, passwords: false, providers: [github] },
      insecure: false,
    }),
    'login-several': renderPage(LoginView, {
      shell: outside,
      next: null,
      username: '',
      methods: { passwords: true, otpPrompt: 'OTP:', signUp: true, providers: [github, keycloak] },
      insecure: false,
    }),
    'login-providers': renderPage(LoginView, {
      shell: outside,
      next: null,
      username: '',
      methods: { ...methods, passwords: false, providers: [github, keycloak] },
      insecure: false,
    }),
    'login-trial': renderPage(LoginView, {
      shell: { ...outside, unsafe: true },
      next: null,
      username: '',
      methods,
      insecure: false,
    }),
    'second-step': renderPage(SecondStepView, { shell: outside, step: 'word', next: '/hub/home' }),
    'second-step-refused': renderPage(SecondStepView, {
      shell: outside,
      step: 'word',
      next: null,
      error: { ...sampleProblem(shell, 'AUTH-043') },
    }),
    'sign-up': renderPage(SignUpView, { shell: outside, name: '', least: 12, open: false }),
    'sign-up-refused': renderPage(SignUpView, {
      shell: outside,
      name: HOSTILE_NAME,
      least: 12,
      open: true,
      error: {
        ...sampleProblem(shell, 'AUTH-010', { detail: 'This name cannot be had here. Choose another one.' }),
      },
    }),
    'signed-up': renderPage(SignedUpView, { shell: outside }),
    account: renderPage(AccountView, { shell, least: 12, secondFactor: null, notice: null }),
    'account-two-steps': renderPage(AccountView, {
      shell: { ...shell, unsafe: true },
      least: 12,
      secondFactor: { since: now - 40 * 24 * 60 * MINUTE, recoveryLeft: 7 },
      notice: t.account.changed,
    }),
    'account-refused': renderPage(AccountView, {
      shell,
      least: 12,
      secondFactor: null,
      notice: null,
      error: { ...sampleProblem(shell, 'AUTH-045') },
    }),
    'second-factor': renderPage(SecondFactorView, {
      shell,
      secret: 'JBSW Y3DP EHPK 3PXP JBSW Y3DP EHPK 3PXP',
      qr: encode(`otpauth://totp/Berth%20hub.example:ana?secret=${'JBSWY3DPEHPK3PXP'.repeat(2)}`, {
        ecc: 'M',
        border: 0,
      }).data,
    }),
    'recovery-codes': renderPage(RecoveryCodesView, {
      shell,
      codes: Array.from({ length: 10 }, (_, i) => `0${i}1f-7c2e-94ab-d0${i}6`),
    }),
    setup: renderPage(SetupView, {
      shell: outside,
      action: '/hub/setup?token=abc',
      person: null,
      name: '',
      least: 12,
    }),
    'setup-refused': renderPage(SetupView, {
      shell: outside,
      action: '/hub/setup?token=abc',
      person: null,
      name: 'maria',
      least: 12,
      error: {
        ...sampleProblem(shell, 'AUTH-010', { detail: 'The password needs at least 12 characters.' }),
      },
    }),
    'signed-out': renderPage(SignedOutView, { shell: outside, goOn: null, still: null }),
    'signed-out-still': renderPage(SignedOutView, { shell: outside, goOn: null, still: 'GitHub' }),
    'signed-out-going-on': renderPage(SignedOutView, {
      shell: outside,
      goOn: { label: 'Keycloak', href: '#' },
      still: null,
    }),
  };
}
