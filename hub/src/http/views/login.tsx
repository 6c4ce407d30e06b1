import { Layout } from './layout.tsx';
import { Alert } from './part/alert.tsx';
import { CodeField } from './part/code-field.tsx';
import { NameField } from './part/name-field.tsx';
import { PasswordField } from './part/password-field.tsx';
import { Xsrf } from './part/xsrf.tsx';
import type { LoginProps } from './sign-in-props.ts';

/** Rules: the name is kept after an error, the password never; fields are named as password managers expect. */
export function LoginView(props: LoginProps) {
  const { shell, error, methods, insecure } = props;
  const { t } = shell;
  const none = !methods.passwords && methods.providers.length === 0;
  return (
    <Layout shell={shell} title={t.login.title} width="narrow">
      <div class="card door">
        <h1>{t.login.title}</h1>
        <p class="lead">{t.login.lead}</p>
        {error === undefined ? null : (
          <Alert tone="bad" title={error.title}>
            <p>{error.user}</p>
          </Alert>
        )}
        {insecure ? (
          <Alert tone="warn">
            <p>{t.login.insecure}</p>
          </Alert>
        ) : null}
        {none ? <p>{t.login.noMethods}</p> : null}
        <Providers {...props} />
        {methods.passwords && methods.providers.length > 0 ? <p class="or">{t.login.or}</p> : null}
        {methods.passwords ? <PasswordForm {...props} /> : null}
        {methods.signUp ? (
          <a class="button wide" href={`${shell.baseUrl}hub/signup`}>
            {t.signUp.ask}
          </a>
        ) : null}
      </div>
    </Layout>
  );
}

/** With a form on the page its button is the first one; of several providers the first. */
function Providers({ shell, methods }: LoginProps) {
  return (
    <>
      {methods.providers.map((provider, place) => (
        <a
          key={provider.id}
          class={methods.passwords || place > 0 ? 'button wide' : 'button primary wide'}
          href={provider.href}
        >
          {shell.t.login.with(provider.label)}
        </a>
      ))}
    </>
  );
}

function PasswordForm({ shell, next, username, error, methods }: LoginProps) {
  const { t } = shell;
  return (
    <form class="stack" method="post" action={`${shell.baseUrl}hub/login`}>
      <Xsrf word={shell.xsrf} />
      {next === null ? null : <input type="hidden" name="next" value={next} />}
      <NameField id="username" label={t.login.name} value={username} focus={username === ''} />
      <PasswordField
        t={t}
        id="password"
        label={t.login.password}
        autocomplete="current-password"
        focus={username !== ''}
        invalid={error !== undefined}
      />
      {methods.otpPrompt === null ? null : (
        <CodeField id="otp" label={methods.otpPrompt} focus={false} optional />
      )}
      <button class="button primary wide" type="submit">
        {t.login.submit}
      </button>
    </form>
  );
}
