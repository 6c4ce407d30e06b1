import type { TokensProps } from './account-props.ts';
import { Layout } from './layout.tsx';
import { Copy } from './part/copy.tsx';
import { Field } from './part/field.tsx';
import { PageHead } from './part/page-head.tsx';
import { ScopeChoice } from './part/scope-choice.tsx';
import { SelectField } from './part/select-field.tsx';
import { TokenList } from './part/token-list.tsx';
import { Xsrf } from './part/xsrf.tsx';

/** API tokens: a fresh one is shown once, each says what it may and when it was used last, each can be revoked. */
export function TokensView(props: TokensProps) {
  const { shell, own, given, notice, error } = props;
  const { t } = shell;
  return (
    <Layout shell={shell} title={t.tokens.title} current="tokens">
      <PageHead title={t.tokens.title} lead={t.tokens.lead} notice={notice} error={error} />
      <Issued {...props} />
      <div class="stack">
        <MakeToken {...props} />
        <TokenList
          shell={shell}
          title={t.tokens.ownTitle}
          tokens={own}
          empty={t.tokens.none}
          revokeAll={own.length > 1 ? props.revokeAll : null}
        />
        {given.length === 0 ? null : (
          <TokenList shell={shell} title={t.tokens.givenTitle} lead={t.tokens.givenLead} tokens={given} />
        )}
      </div>
    </Layout>
  );
}

function Issued({ shell, issued }: TokensProps) {
  const { t } = shell;
  if (issued === null) return null;
  return (
    <section class="card issued" role="status" aria-labelledby="issued-title">
      <h2 id="issued-title">{t.tokens.issuedTitle}</h2>
      <p>{t.tokens.issuedLead}</p>
      <Copy t={t} word={issued.word} />
      <p class="hint">{t.tokens.example}</p>
      <code class="number">{`curl -H "Authorization: token ${issued.word}" ${issued.example}`}</code>
    </section>
  );
}

function MakeToken({ shell, note, expires, terms, scopes, narrow }: TokensProps) {
  const { t } = shell;
  const options = terms.map((value) => ({ value, label: t.tokens.expiries[value] }));
  return (
    <form class="card stack" method="post" action={`${shell.baseUrl}hub/token`}>
      <h2>{t.tokens.makeTitle}</h2>
      <Xsrf word={shell.xsrf} />
      <Field id="note" label={t.tokens.note} hint={t.tokens.noteHint}>
        {(control) => (
          <input {...control} name="note" value={note} maxLength={200} required autocomplete="off" />
        )}
      </Field>
      <SelectField id="expires" label={t.tokens.expires} options={options} value={expires} />
      <ScopeChoice t={t} groups={scopes} narrow={narrow} />
      <div>
        <button class="button primary" type="submit">
          {t.tokens.make}
        </button>
      </div>
    </form>
  );
}
