import { Layout } from './layout.tsx';
import { AdminRooms } from './part/admin-rooms.tsx';
import { FilterForm } from './part/filter-form.tsx';
import { PageLinks } from './part/page-links.tsx';
import { ServersTable } from './part/servers-table.tsx';
import { Xsrf } from './part/xsrf.tsx';
import { PAGE_SIZES, SERVER_FILTERS, type ServersProps } from './servers-props.ts';
import { serversSearch, serversUrl } from './servers-url.ts';

/** Every server that the reader may see. The URL is the whole state: search, filter, order, size, page. */
export function ServersView(props: ServersProps) {
  const { shell, query, rows, totals, mayStop } = props;
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
      <PageLinks
        t={t}
        page={query.page}
        pageSize={query.size}
        matching={totals.matching}
        link={(page) => serversUrl(shell.baseUrl, { ...query, page })}
      />
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
  const { search, show, filters, size } = t.servers;
  return (
    <FilterForm
      t={t}
      action={`${shell.baseUrl}hub/admin/servers`}
      keep={{ sort: query.sort, order: query.order }}
      search={{ name: 'q', label: search, value: query.q }}
      choices={[
        {
          name: 'show',
          label: show,
          value: query.show,
          options: SERVER_FILTERS.map((filter) => ({ value: filter, label: filters[filter] })),
        },
        {
          name: 'size',
          label: size,
          value: String(query.size),
          options: PAGE_SIZES.map((most) => ({ value: String(most), label: String(most) })),
        },
      ]}
    />
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
