import { Layout } from './layout.tsx';
import { Alert } from './part/alert.tsx';
import { NameField } from './part/name-field.tsx';
import { PasswordField } from './part/password-field.tsx';
import { Xsrf } from './part/xsrf.tsx';
import type { Shell } from './props.ts';
import type { SignUpProps } from './sign-in-props.ts';

/** Where somebody asks for an account, or makes one. */
export function SignUpView({ shell, name, least, open, error }: SignUpProps) {
  const { t } = shell;
  return (
    <Layout shell={shell} title={t.signUp.title} width="narrow">
      <div class="card door">
        <h1>{t.signUp.title}</h1>
        <p class="lead">{open ? t.signUp.leadOpen : t.signUp.lead}</p>
        {error === undefined ? null : (
          <Alert tone="bad" title={error.title}>
            <p>{error.user}</p>
          </Alert>
        )}
        <form class="stack" method="post" action={`${shell.baseUrl}hub/signup`}>
          <Xsrf word={shell.xsrf} />
          <NameField
            id="username"
            label={t.setup.name}
            hint={t.setup.nameHint}
            value={name}
            focus={name === ''}
          />
          <PasswordField
            t={t}
            id="password"
            label={t.setup.password}
            hint={t.setup.passwordHint(least)}
            autocomplete="new-password"
            focus={name !== ''}
          />
          <PasswordField t={t} id="again" label={t.setup.again} autocomplete="new-password" />
          <button class="button primary wide" type="submit">
            {open ? t.signUp.submitOpen : t.signUp.submit}
          </button>
        </form>
        <a class="button wide" href={`${shell.baseUrl}hub/login`}>
          {t.signUp.back}
        </a>
      </div>
    </Layout>
  );
}

/** The same words whether the name was free or not. */
export function SignedUpView({ shell }: { readonly shell: Shell }) {
  const { t } = shell;
  return (
    <Layout shell={shell} title={t.signUp.askedTitle} width="narrow">
      <div class="card door">
        <h1>{t.signUp.askedTitle}</h1>
        <p class="lead">{t.signUp.asked}</p>
        <a class="button wide" href={`${shell.baseUrl}hub/login`}>
          {t.signUp.back}
        </a>
      </div>
    </Layout>
  );
}
