import type { TokenProps } from '../account-props.ts';
import type { Shell } from '../props.ts';
import { Confirm } from './confirm.tsx';
import { When } from './when.tsx';

interface TokenListProps {
  readonly shell: Shell;
  readonly title: string;
  readonly lead?: string;
  readonly tokens: readonly TokenProps[];
  readonly empty?: string;
  /** Takes POST: ends all of them. Null: one by one is enough. */
  readonly revokeAll?: string | null;
}

export function TokenList({ shell, title, lead, tokens, empty, revokeAll = null }: TokenListProps) {
  const { t } = shell;
  return (
    <section class="card">
      <h2>{title}</h2>
      {lead === undefined ? null : <p class="hint">{lead}</p>}
      {tokens.length === 0 ? <p class="quiet">{empty}</p> : null}
      <ul class="rows">
        {tokens.map((token) => (
          <TokenRow key={token.id} shell={shell} token={token} />
        ))}
      </ul>
      {revokeAll === null ? null : (
        <Confirm
          shell={shell}
          word={t.tokens.revokeAll}
          name={t.tokens.revokeAllNamed}
          question={t.tokens.revokeAllTitle}
          loses={t.tokens.revokeLoses}
          yes={t.tokens.revokeAllConfirm}
          action={revokeAll}
        />
      )}
    </section>
  );
}

function TokenRow({ shell, token }: { shell: Shell; token: TokenProps }) {
  const { t, now } = shell;
  return (
    <li class="row">
      <div>
        <strong>
          <bdi>{token.note}</bdi>
        </strong>
        <p class="fine">{token.may}</p>
        {token.scopes.length === 0 ? null : (
          <p class="fine scope-names">
            {token.scopes.map((scope) => (
              <code key={scope}>{scope}</code>
            ))}
          </p>
        )}
        <p class="fine">
          {t.tokens.made} <When t={t} at={token.created} now={now} as="ago" /> · {t.tokens.used}{' '}
          {token.lastActivity === null ? (
            t.tokens.never
          ) : (
            <When t={t} at={token.lastActivity} now={now} as="ago" />
          )}{' '}
          · {t.tokens.ends}{' '}
          {token.expires === null ? t.tokens.never : <When t={t} at={token.expires} now={now} as="date" />}
        </p>
      </div>
      <Confirm
        shell={shell}
        word={t.tokens.revoke}
        name={t.tokens.revokeNamed(token.note)}
        question={t.tokens.revokeTitle}
        loses={t.tokens.revokeLoses}
        yes={t.tokens.revokeConfirm}
        action={token.revoke}
      />
    </li>
  );
}
