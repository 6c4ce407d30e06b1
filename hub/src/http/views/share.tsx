import { Layout } from './layout.tsx';
import { Confirm } from './part/confirm.tsx';
import { Copy } from './part/copy.tsx';
import { PageHead } from './part/page-head.tsx';
import { ShareForm } from './part/share-form.tsx';
import { ShareLinkForm } from './part/share-link-form.tsx';
import { Until } from './part/until.tsx';
import { When } from './part/when.tsx';
import type { ShareLinkProps, ShareProps, ShareRowProps } from './share-props.ts';

/** With whom a server is shared, sharing it, taking it back. */
export function ShareView(props: ShareProps) {
  const { shell, label, rows, links, fresh, notice, error } = props;
  const { t } = shell;
  const words = t.share;
  return (
    <Layout shell={shell} title={words.title(label)} current="home">
      <PageHead title={words.title(label)} lead={words.lead} notice={notice} error={error} />
      <div class="stack">
        {fresh === null ? null : (
          <section class="card stack">
            <h2>{words.theLink}</h2>
            <Copy t={t} word={fresh} />
          </section>
        )}
        <section class="card stack">
          <h2>{words.who}</h2>
          {rows.length === 0 ? <p>{words.nobody}</p> : null}
          {rows.length === 0 ? null : (
            <ul class="rows plain">
              {rows.map((row) => (
                <Row key={row.key} {...props} row={row} />
              ))}
            </ul>
          )}
        </section>
        <ShareForm {...props} />
        <ShareLinkForm {...props} />
        {links.length === 0 ? null : (
          <section class="card stack">
            <h2>{words.links}</h2>
            <ul class="rows plain">
              {links.map((link) => (
                <Link key={link.id} {...props} link={link} />
              ))}
            </ul>
          </section>
        )}
        <div>
          <a class="button" href={`${shell.baseUrl}hub/home`}>
            {words.back}
          </a>
        </div>
      </div>
    </Layout>
  );
}

function Row({ shell, row, actions }: ShareProps & { row: ShareRowProps }) {
  const { t, now } = shell;
  const words = t.share;
  const who =
    row.kind === 'everyone' ? words.everyone : row.kind === 'group' ? words.group(row.name) : row.name;
  return (
    <li class="row">
      <div>
        <strong>
          <bdi>{who}</bdi>
        </strong>
        <div class="hint">
          {row.kind === 'group' ? `${words.members(row.members)}, ` : ''}
          {words.since} <When t={t} at={row.since} now={now} as="date" />,{' '}
          {row.until === null ? words.forever : <Until shell={shell} at={row.until} />}
          {row.by === null ? '' : `, ${words.by(row.by)}`}
          {row.more === '' ? '' : `, ${words.more(row.more)}`}
        </div>
      </div>
      <Confirm
        shell={shell}
        word={words.revoke}
        name={words.revokeNamed(who)}
        question={words.revokeTitle}
        loses={words.revokeLoses}
        yes={words.revokeConfirm}
        action={`${actions.revoke}?to=${encodeURIComponent(row.key)}`}
        look="button small"
      />
    </li>
  );
}

function Link({ shell, link, actions }: ShareProps & { link: ShareLinkProps }) {
  const { t, now } = shell;
  const words = t.share;
  return (
    <li class="row">
      <div>
        <code>{link.id}</code>
        <div class="hint">
          {words.linkMade} <When t={t} at={link.made} now={now} as="ago" />, {words.linkUntil}{' '}
          <When t={t} at={link.until} now={now} as="date" />, {words.linkUses(link.uses)}
        </div>
      </div>
      <Confirm
        shell={shell}
        word={words.dropLink}
        name={words.dropLinkNamed(link.id)}
        question={words.revokeTitle}
        loses={words.dropLoses}
        yes={words.revokeConfirm}
        action={`${actions.unlink}?id=${encodeURIComponent(link.id)}`}
        look="button small"
      />
    </li>
  );
}
