import {
  AUTHENTICATORS,
  type Authenticator,
  authenticatorOf,
  nearestAuthenticator,
} from '../../domain/authenticator.ts';
import { list, number, setting } from '../setting.ts';

/** Ways of signing in, each once, or null when none is named. */
const authenticators = list.transform((words, context): readonly Authenticator[] | null => {
  const found = words.map((word) => {
    const known = authenticatorOf(word);
    if (known !== null) return known;
    context.addIssue({
      code: 'custom',
      message: `knows no “${word.slice(0, 64)}”: did you mean ${nearestAuthenticator(word)}? There are ${AUTHENTICATORS.join(', ')}`,
    });
    return null;
  });
  const known = [...new Set(found)].filter((one) => one !== null);
  return known.length === 0 ? null : known;
});

/** Which ways of signing in are open. What belongs to each stands in a table of its own. */
export const SIGN_IN_SETTINGS = {
  visitLife: setting({
    env: 'VISIT_LIFE',
    trait: 'Berth.visit_life',
    doc: 'Seconds after which the proxy asks the hub again whether a visitor may still be in a web application. Whoever signs out or is removed is out within seconds all the same.',
    type: number(5, 3600),
    fallback: '300',
  }),
  authenticators: setting({
    env: 'AUTHENTICATOR_CLASS',
    trait: 'JupyterHub.authenticator_class',
    doc: 'How people sign in: `local`, `pam`, `dummy`, `shared-password`, `github`, `generic-oauth`, several with commas between, or the class names of JupyterHub’s. Empty: local accounts, and GitHub or OpenID Connect when their client is configured.',
    type: authenticators,
  }),
} as const;
