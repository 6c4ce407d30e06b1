import type { TokensProps } from './account-props.ts';
import { Layout } from './layout.tsx';
import { Alert } from './part/alert.tsx';
import { TokenList } from './part/token-list.tsx';
import { Xsrf } from './part/xsrf.tsx';

/** API tokens: a fresh one is shown once, each says when it was used last, each can be revoked. */
export function TokensView(props: TokensProps) {
  const { shell, own, given, notice, error } = props;
  const { t } = shell;
  return (
    <Layout shell={shell} title={t.tokens.title} current="tokens">
      <div class="page-head">
        <h1>{t.tokens.title}</h1>
        <p class="lead">{t.tokens.lead}</p>
      </div>
      {notice === null ? null : (
        <Alert tone="good">
          <p>{notice}</p>
        </Alert>
      )}
      {error === null ? null : (
        <Alert tone="bad">
          <p>{error}</p>
        </Alert>
      )}
      <Issued {...props} />
      <div class="stack">
        <MakeToken {...props} />
        <TokenList shell={shell} title={t.tokens.ownTitle} tokens={own} empty={t.tokens.none} />
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
      <p class="copy" data-copy={issued.word}>
        <code class="number">{issued.word}</code>
        <button class="button" type="button" hidden data-done={t.tokens.copied}>
          {t.tokens.copy}
        </button>
      </p>
    </section>
  );
}

function MakeToken({ shell, note }: TokensProps) {
  const { t } = shell;
  return (
    <form class="card stack" method="post" action={`${shell.baseUrl}hub/token`}>
      <h2>{t.tokens.makeTitle}</h2>
      <Xsrf word={shell.xsrf} />
      <div class="field">
        <label for="note">{t.tokens.note}</label>
        <p class="hint" id="note-hint">
          {t.tokens.noteHint}
        </p>
        <input id="note" name="note" value={note} maxLength={200} required aria-describedby="note-hint" />
      </div>
      <div class="field">
        <label for="expires">{t.tokens.expires}</label>
        <select id="expires" name="expires">
          {Object.entries(t.tokens.expiries).map(([seconds, words]) => (
            <option key={seconds} value={seconds} selected={seconds === '2592000'}>
              {words}
            </option>
          ))}
        </select>
      </div>
      <div>
        <button class="button primary" type="submit">
          {t.tokens.make}
        </button>
      </div>
    </form>
  );
}
