import type { AdminFilter, AdminProps } from './admin-props.ts';
import { adminUrl } from './admin-url.ts';
import { Layout } from './layout.tsx';
import { AddPeople } from './part/add-people.tsx';
import { AdminRooms } from './part/admin-rooms.tsx';
import { FilterForm } from './part/filter-form.tsx';
import { PageHead } from './part/page-head.tsx';
import { PageLinks } from './part/page-links.tsx';
import { PeopleTable } from './part/people-table.tsx';
import { WaitingList } from './part/waiting-list.tsx';

/** Everybody and their servers. The URL is the whole state: search, filter, order, page. */
export function AdminView(props: AdminProps) {
  const { shell, query, rows, totals, notice, error } = props;
  const { t } = shell;
  return (
    <Layout shell={shell} title={t.admin.title} width="wide" current="admin" scripts={['live.js']}>
      <PageHead
        title={t.admin.title}
        lead={t.admin.summary(totals.people, totals.running)}
        notice={notice}
        error={error}
      />
      <AdminRooms shell={shell} here="people" />
      <WaitingList shell={shell} waiting={props.waiting} />
      <Search {...props} />
      {rows.length === 0 ? (
        <p class="card empty">
          {t.admin.none} <a href={`${shell.baseUrl}hub/admin`}>{t.admin.clear}</a>
        </p>
      ) : (
        <div data-rows={liveUrl(props)}>
          <PeopleTable {...props} />
        </div>
      )}
      <PageLinks
        t={t}
        page={query.page}
        pageSize={props.pageSize}
        matching={totals.matching}
        link={(page) => adminUrl(shell.baseUrl, { ...query, page })}
      />
      <AddPeople {...props} />
    </Layout>
  );
}

/** Renewed with the rows. */
export function PeopleSummary({ shell: { t }, totals }: Pick<AdminProps, 'shell' | 'totals'>) {
  return (
    <p class="lead" id="people-summary">
      {t.admin.summary(totals.people, totals.running)}
    </p>
  );
}

function liveUrl({ shell: { baseUrl }, query }: AdminProps): string {
  return adminUrl(baseUrl, query).replace('hub/admin', 'hub/admin/live');
}

const FILTERS: readonly AdminFilter[] = ['all', 'running', 'failed', 'admins'];

function Search({ shell, query }: AdminProps) {
  const { t } = shell;
  return (
    <FilterForm
      t={t}
      action={`${shell.baseUrl}hub/admin`}
      keep={{ sort: query.sort, order: query.order }}
      search={{ name: 'q', label: t.admin.search, value: query.q }}
      choices={[
        {
          name: 'show',
          label: t.admin.show,
          value: query.show,
          options: FILTERS.map((filter) => ({ value: filter, label: t.admin.filters[filter] })),
        },
      ]}
    />
  );
}
