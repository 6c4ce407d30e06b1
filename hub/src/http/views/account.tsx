import type { AccountProps } from './account-props.ts';
import { Layout } from './layout.tsx';
import { FixedName } from './part/fixed-name.tsx';
import { PageHead } from './part/page-head.tsx';
import { PasswordField } from './part/password-field.tsx';
import { When } from './part/when.tsx';
import { Xsrf } from './part/xsrf.tsx';

/** One's own password and second step. Each change asks for the password: an open browser is not enough. */
export function AccountView(props: AccountProps) {
  const { shell, notice, error } = props;
  const { t } = shell;
  return (
    <Layout shell={shell} title={t.account.title} current="account">
      <PageHead
        title={t.account.title}
        lead={t.account.lead(shell.person?.name ?? '')}
        notice={notice}
        error={error}
      />
      <div class="stack-wide">
        <NewPassword {...props} />
        <SecondStep {...props} />
      </div>
    </Layout>
  );
}

function NewPassword({ shell, least }: AccountProps) {
  const { t } = shell;
  return (
    <section class="card matter" aria-labelledby="password-title">
      <h2 id="password-title">{t.account.passwordTitle}</h2>
      <p class="lead">{t.account.passwordLead}</p>
      <form class="stack" method="post" action={`${shell.baseUrl}hub/account/password`}>
        <Xsrf word={shell.xsrf} />
        <FixedName field="username" person={shell.person?.name ?? ''} />
        <PasswordField t={t} id="old" label={t.account.old} autocomplete="current-password" />
        <PasswordField
          t={t}
          id="password"
          label={t.account.fresh}
          hint={t.setup.passwordHint(least)}
          autocomplete="new-password"
        />
        <PasswordField t={t} id="again" label={t.account.again} autocomplete="new-password" />
        <div>
          <button class="button primary" type="submit">
            {t.account.change}
          </button>
        </div>
      </form>
    </section>
  );
}

function SecondStep({ shell, secondFactor }: AccountProps) {
  const { t, now } = shell;
  const on = secondFactor !== null;
  return (
    <section class="card matter" aria-labelledby="second-title">
      <h2 id="second-title">{t.account.secondTitle}</h2>
      <p class="lead">{on ? t.account.secondOn : t.account.secondOff}</p>
      {secondFactor === null ? null : (
        <p>
          {t.account.since} <When t={t} at={secondFactor.since} now={now} as="ago" />.{' '}
          {t.account.left(secondFactor.recoveryLeft)}
        </p>
      )}
      <form
        class="stack"
        method="post"
        action={`${shell.baseUrl}hub/account/second-step/${on ? 'remove' : 'begin'}`}
      >
        <Xsrf word={shell.xsrf} />
        <PasswordField t={t} id="confirm" label={t.account.confirm} autocomplete="current-password" />
        <div>
          <button class={on ? 'button danger' : 'button'} type="submit">
            {on ? t.account.remove : t.account.setUp}
          </button>
        </div>
      </form>
    </section>
  );
}
