import { bytes } from './amounts.ts';
import { Layout } from './layout.tsx';
import { AdminRooms } from './part/admin-rooms.tsx';
import { Lacks, lacks } from './part/lacks.tsx';
import { OverQuota } from './part/over-quota.tsx';
import { PageHead } from './part/page-head.tsx';
import { When } from './part/when.tsx';
import type { VolumeRowProps, VolumesProps } from './storage-props.ts';

/** Volumes: one's own, or for an administrator everybody's. */
export function VolumesView({ shell, admin, rows, standing, notice }: VolumesProps) {
  const { t } = shell;
  const title = admin ? t.volumes.title : t.volumes.own;
  return (
    <Layout shell={shell} title={title} width="wide" current={admin ? 'admin' : 'home'}>
      <PageHead title={title} lead={admin ? t.volumes.lead : t.volumes.ownLead} notice={notice} />
      {admin ? <AdminRooms shell={shell} here="volumes" /> : null}
      <OverQuota t={t} standing={standing} />
      <Lacks shell={shell} what="volumes" />
      {lacks(shell, 'volumes') ? null : rows.length === 0 ? (
        <p class="card empty">{admin ? t.volumes.none : t.volumes.ownNone}</p>
      ) : (
        <table class="people">
          <thead>
            <tr>
              <th scope="col">{t.volumes.columns.volume}</th>
              {admin ? <th scope="col">{t.volumes.columns.owner}</th> : null}
              <th scope="col">{t.volumes.columns.size}</th>
              <th scope="col">{t.volumes.columns.lastUse}</th>
              <th scope="col">{t.volumes.columns.inUse}</th>
              <th scope="col">{t.admin.columns.actions}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <Row key={row.name} shell={shell} admin={admin} row={row} quota={standing?.quota ?? null} />
            ))}
          </tbody>
        </table>
      )}
    </Layout>
  );
}

function Row({
  shell,
  admin,
  row,
  quota,
}: Pick<VolumesProps, 'shell' | 'admin'> & { row: VolumeRowProps; quota: number | null }) {
  const { t, now } = shell;
  const { columns } = t.volumes;
  const size = row.size === null ? t.volumes.notMeasured : bytes(t, row.size);
  return (
    <tr>
      <th scope="row">
        <code class="image">{row.name}</code>
      </th>
      {admin ? (
        <td data-label={columns.owner}>
          {row.owner === null ? t.volumes.shared : <bdi>{row.owner}</bdi>}
          {row.account ? null : <span class="quiet"> ({t.volumes.noAccount})</span>}
        </td>
      ) : null}
      <td class="short" data-label={columns.size}>
        {row.size === null || quota === null ? size : t.volumes.quota(size, bytes(t, quota))}
      </td>
      <td class="short" data-label={columns.lastUse}>
        {row.lastUse === null ? t.units.never : <When t={t} at={row.lastUse} now={now} as="ago" />}
      </td>
      <td data-label={columns.inUse}>
        {row.inUse.length === 0 ? (
          <span class="quiet">{t.volumes.nobody}</span>
        ) : (
          <bdi>{row.inUse.join(', ')}</bdi>
        )}
      </td>
      <td>
        <a class="button small" href={row.page} aria-label={t.volumes.manageNamed(row.name)}>
          {t.volumes.manage}
        </a>
      </td>
    </tr>
  );
}
