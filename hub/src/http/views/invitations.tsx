import type { InvitationsProps, OpenInvitationProps } from './groups-props.ts';
import { Layout } from './layout.tsx';
import { AdminRooms } from './part/admin-rooms.tsx';
import { Confirm } from './part/confirm.tsx';
import { PageHead } from './part/page-head.tsx';
import { When } from './part/when.tsx';

/** One-time links that nobody has used yet. */
export function InvitationsView({ shell, invitations, notice }: InvitationsProps) {
  const { t } = shell;
  return (
    <Layout shell={shell} title={t.invitations.title} width="wide" current="admin">
      <PageHead title={t.invitations.title} lead={t.invitations.lead} notice={notice} />
      <AdminRooms shell={shell} here="invitations" />
      {invitations.length === 0 ? (
        <p class="card empty">{t.invitations.none}</p>
      ) : (
        <section class="card">
          <ul class="rows">
            {invitations.map((one) => (
              <Row key={one.id} shell={shell} one={one} />
            ))}
          </ul>
        </section>
      )}
    </Layout>
  );
}

function Row({ shell, one }: { shell: InvitationsProps['shell']; one: OpenInvitationProps }) {
  const { t, now } = shell;
  const { invitations } = t;
  const whose = one.user ?? invitations.first;
  return (
    <li class="row">
      <div>
        <bdi class="person-name">{whose}</bdi>
        <p class="fine">
          {invitations.made} <When t={t} at={one.created} now={now} as="ago" /> ·{' '}
          {one.over ? (
            invitations.over
          ) : (
            <>
              {invitations.ends} <When t={t} at={one.expires} now={now} as="date" />
            </>
          )}
        </p>
      </div>
      <Confirm
        shell={shell}
        word={invitations.revoke}
        name={invitations.revokeNamed(whose)}
        question={invitations.revokeTitle}
        loses={invitations.revokeLoses}
        yes={invitations.revokeConfirm}
        action={one.revoke}
      />
    </li>
  );
}
