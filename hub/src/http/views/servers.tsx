import { Layout } from './layout.tsx';
import { AdminRooms } from './part/admin-rooms.tsx';
import { ServersTable } from './part/servers-table.tsx';
import { Xsrf } from './part/xsrf.tsx';
import { PAGE_SIZES, SERVER_FILTERS, type ServersProps } from './servers-props.ts';
import { serversSearch, serversUrl } from './servers-url.ts';

/** Every server that the reader may see. The URL is the whole state: search, filter, order, size, page. */
export function ServersView(props: ServersProps) {
  const { shell, query, rows, mayStop } = props;
  const { t, baseUrl } = shell;
  return (
    <Layout shell={shell} title={t.servers.title} width="full" current="admin" scripts={['live.js']}>
      <div class="page-head">
        <h1>{t.servers.title}</h1>
        <ServersSummary {...props} />
      </div>
      <AdminRooms shell={shell} here="servers" />
      <Search {...props} />
      <div data-rows={`${baseUrl}hub/admin/servers/live${serversSearch(query)}`}>
        <FreshServers {...props} />
        {rows.length === 0 ? (
          <p class="card empty">
            {t.servers.none} <a href={`${baseUrl}hub/admin/servers?show=all`}>{t.servers.clear}</a>
          </p>
        ) : (
          <form method="post" action={`${baseUrl}hub/admin/servers/stop`}>
            <Xsrf word={shell.xsrf} />
            <input type="hidden" name="back" value={serversUrl(baseUrl, query)} />
            <ServersTable {...props} />
            {mayStop ? <BulkButtons {...props} /> : null}
          </form>
        )}
      </div>
      <Pages {...props} />
    </Layout>
  );
}

/** Renewed with the rows. */
export function ServersSummary({ shell: { t }, totals }: Pick<ServersProps, 'shell' | 'totals'>) {
  return (
    <p class="lead" id="servers-summary">
      {t.servers.summary(totals.running, totals.known)}
    </p>
  );
}

/** Rows stay where the reader sees them; what has come since is told of, and shown when asked for. */
export function FreshServers({ shell, query, totals }: Pick<ServersProps, 'shell' | 'query' | 'totals'>) {
  const { t, baseUrl } = shell;
  return (
    <p id="servers-fresh" class="fresh" role="status">
      {totals.fresh === 0 ? null : (
        <>
          {t.servers.fresh(totals.fresh)} <a href={serversUrl(baseUrl, query)}>{t.servers.showFresh}</a>
        </>
      )}
    </p>
  );
}

function Search({ shell, query }: ServersProps) {
  const { t } = shell;
  return (
    <search>
      <form class="filter filter-servers" method="get" action={`${shell.baseUrl}hub/admin/servers`}>
        <input type="hidden" name="sort" value={query.sort} />
        <input type="hidden" name="order" value={query.order} />
        <div class="field">
          <label for="q">{t.servers.search}</label>
          <input id="q" name="q" type="search" value={query.q} maxLength={64} autocapitalize="none" />
        </div>
        <div class="field">
          <label for="show">{t.servers.show}</label>
          <select id="show" name="show">
            {SERVER_FILTERS.map((filter) => (
              <option key={filter} value={filter} selected={filter === query.show}>
                {t.servers.filters[filter]}
              </option>
            ))}
          </select>
        </div>
        <div class="field">
          <label for="size">{t.servers.size}</label>
          <select id="size" name="size">
            {PAGE_SIZES.map((size) => (
              <option key={size} value={String(size)} selected={size === query.size}>
                {size}
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

function BulkButtons({ shell, query, rows, totals }: ServersProps) {
  const { t, baseUrl } = shell;
  const more = totals.matching > rows.length;
  return (
    <div class="buttons">
      <button class="button" type="submit">
        {t.servers.stopChosen}
      </button>
      {more ? (
        <a
          class="button subtle"
          href={`${baseUrl}hub/admin/servers/stop${serversSearch({ ...query, page: 1 })}`}
        >
          {t.servers.stopMatching(totals.matching)}
        </a>
      ) : null}
    </div>
  );
}

function Pages({ shell, query, totals }: ServersProps) {
  const { t } = shell;
  if (totals.matching <= query.size && query.page === 1) return null;
  const first = (query.page - 1) * query.size + 1;
  const last = Math.min(query.page * query.size, totals.matching);
  const link = (page: number) => serversUrl(shell.baseUrl, { ...query, page });
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
