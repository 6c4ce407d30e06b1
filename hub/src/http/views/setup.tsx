import { Layout } from './layout.tsx';
import { Alert } from './part/alert.tsx';
import { FixedName } from './part/fixed-name.tsx';
import { NameField } from './part/name-field.tsx';
import { PasswordField } from './part/password-field.tsx';
import { Xsrf } from './part/xsrf.tsx';
import type { SetupProps } from './sign-in-props.ts';

/** Behind a one-time link: the first administrator chooses name and password, others a password. */
export function SetupView({ shell, action, person, name, least, error }: SetupProps) {
  const { t } = shell;
  return (
    <Layout shell={shell} title={t.setup.title} width="narrow">
      <div class="card door">
        <h1>{t.setup.title}</h1>
        <p class="lead">{person === null ? t.setup.lead : t.setup.leadFor(person)}</p>
        {error === undefined ? null : (
          <Alert tone="bad" title={error.title}>
            <p>{error.user}</p>
          </Alert>
        )}
        <form class="stack" method="post" action={action}>
          <Xsrf word={shell.xsrf} />
          {person === null ? (
            <NameField id="name" label={t.setup.name} hint={t.setup.nameHint} value={name} focus />
          ) : (
            <FixedName field="name" person={person} />
          )}
          <PasswordField
            t={t}
            id="password"
            label={t.setup.password}
            hint={t.setup.passwordHint(least)}
            autocomplete="new-password"
          />
          <PasswordField t={t} id="again" label={t.setup.again} autocomplete="new-password" />
          <button class="button primary wide" type="submit">
            {person === null ? t.setup.submit : t.setup.submitFor}
          </button>
        </form>
      </div>
    </Layout>
  );
}
