import type { SessionProps, SessionsProps } from './account-props.ts';
import { Layout } from './layout.tsx';
import { Confirm } from './part/confirm.tsx';
import { PageHead } from './part/page-head.tsx';
import { When } from './part/when.tsx';

/** Where somebody is signed in: their own list, or an administrator's view of another's. */
export function SessionsView({ shell, of, sessions, endAll, notice }: SessionsProps) {
  const { t } = shell;
  const title = of === null ? t.sessions.title : t.sessions.titleOf(of);
  return (
    <Layout shell={shell} title={title} current={of === null ? 'sessions' : 'admin'}>
      <PageHead title={title} lead={of === null ? t.sessions.lead : t.sessions.leadOf(of)} notice={notice} />
      <section class="card">
        <h2>{t.sessions.count(sessions.length)}</h2>
        <ul class="rows">
          {sessions.map((session) => (
            <Row key={session.id} shell={shell} session={session} />
          ))}
        </ul>
        {sessions.length === 0 ? null : (
          <Confirm
            shell={shell}
            word={t.sessions.endAll}
            name={t.sessions.endAllNamed(of)}
            question={t.sessions.endAllTitle}
            loses={t.sessions.endAllLoses}
            yes={t.sessions.endAllConfirm}
            action={endAll}
          />
        )}
      </section>
    </Layout>
  );
}

function Row({ shell, session }: { shell: SessionsProps['shell']; session: SessionProps }) {
  const { t, now } = shell;
  const { browser, address, provider } = session;
  return (
    <li class="row">
      <div>
        <strong>
          <bdi>{browser}</bdi>
        </strong>{' '}
        {session.current ? <span class="tag">{t.sessions.thisOne}</span> : null}
        <p class="fine">
          {t.sessions.from} <bdi>{address}</bdi> · {t.sessions.by} <bdi>{provider}</bdi> · {t.sessions.since}{' '}
          <When t={t} at={session.created} now={now} as="ago" /> · {t.sessions.seen}{' '}
          <When t={t} at={session.lastSeen} now={now} as="ago" />
        </p>
      </div>
      <Confirm
        shell={shell}
        word={t.sessions.end}
        name={t.sessions.endNamed(browser, address)}
        question={t.sessions.endTitle}
        loses={t.sessions.endLoses}
        yes={t.sessions.endConfirm}
        action={session.end}
      />
    </li>
  );
}
