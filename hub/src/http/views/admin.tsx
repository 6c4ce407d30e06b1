import type { AdminFilter, AdminProps } from './admin-props.ts';
import { adminUrl } from './admin-url.ts';
import { Layout } from './layout.tsx';
import { AddPeople } from './part/add-people.tsx';
import { AdminRooms } from './part/admin-rooms.tsx';
import { Alert } from './part/alert.tsx';
import { PeopleTable } from './part/people-table.tsx';
import { WaitingList } from './part/waiting-list.tsx';

/** Everybody and their servers. The URL is the whole state: search, filter, order, page. */
export function AdminView(props: AdminProps) {
  const { shell, rows, totals, notice, error } = props;
  const { t } = shell;
  return (
    <Layout shell={shell} title={t.admin.title} width="wide" current="admin" scripts={['live.js']}>
      <div class="page-head">
        <h1>{t.admin.title}</h1>
        <PeopleSummary shell={shell} totals={totals} />
      </div>
      <AdminRooms shell={shell} here="people" />
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
    <search>
      <form class="filter" method="get" action={`${shell.baseUrl}hub/admin`}>
        <input type="hidden" name="sort" value={query.sort} />
        <input type="hidden" name="order" value={query.order} />
        <div class="field">
          <label for="q">{t.admin.search}</label>
          <input id="q" name="q" type="search" value={query.q} maxLength={64} autocapitalize="none" />
        </div>
        <div class="field">
          <label for="show">{t.admin.show}</label>
          <select id="show" name="show">
            {FILTERS.map((filter) => (
              <option key={filter} value={filter} selected={filter === query.show}>
                {t.admin.filters[filter]}
              </option>
            ))}
          </select>
        </div>
        <button class="button" type="submit">
          {t.admin.apply}
        </button>
      </form>
    </search>
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
