import type { AdminFilter, AdminProps } from './admin-props.ts';
import { adminUrl } from './admin-url.ts';
import { Layout } from './layout.tsx';
import { AddPeople } from './part/add-people.tsx';
import { AdminRooms } from './part/admin-rooms.tsx';
import { FilterForm } from './part/filter-form.tsx';
import { PageHead } from './part/page-head.tsx';
import { PeopleTable } from './part/people-table.tsx';
import { WaitingList } from './part/waiting-list.tsx';

/** Everybody and their servers. The URL is the whole state: search, filter, order, page. */
export function AdminView(props: AdminProps) {
  const { shell, rows, totals, notice, error } = props;
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
      <Pages {...props} />
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
      choice={{
        name: 'show',
        label: t.admin.show,
        value: query.show,
        options: FILTERS.map((filter) => ({ value: filter, label: t.admin.filters[filter] })),
      }}
    />
  );
}

function Pages({ shell, query, totals, pageSize }: AdminProps) {
  const { t } = shell;
  if (totals.matching <= pageSize && query.page === 1) return null;
  const first = (query.page - 1) * pageSize + 1;
  const last = Math.min(query.page * pageSize, totals.matching);
  const link = (page: number) => adminUrl(shell.baseUrl, { ...query, page });
  return (
    <nav class="pages" aria-label={t.admin.pages}>
      {query.page > 1 ? (
        <a class="button" href={link(query.page - 1)} rel="prev">
          {t.admin.previous}
        </a>
      ) : null}
      <span class="numbers">{t.admin.range(first, last, totals.matching)}</span>
      {last < totals.matching ? (
        <a class="button" href={link(query.page + 1)} rel="next">
          {t.admin.next}
        </a>
      ) : null}
    </nav>
  );
}
