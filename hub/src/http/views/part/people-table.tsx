import { isOpen } from '../../../domain/server.ts';
import type { AdminProps, AdminRowProps, AdminServerProps, AdminSort } from '../admin-props.ts';
import { adminUrl } from '../admin-url.ts';
import type { Shell } from '../props.ts';
import { Action } from './action.tsx';
import { Icon } from './icon.tsx';
import { PersonActs } from './person-acts.tsx';
import { StateBadge } from './state-badge.tsx';
import { StopServer } from './stop-server.tsx';
import { When } from './when.tsx';

/** One row a person; on a narrow screen each row becomes a card (`data-label` names its lines there). */
export function PeopleTable({ shell, query, rows }: AdminProps) {
  const { t } = shell;
  return (
    <table class="people">
      <thead>
        <tr>
          <SortHead shell={shell} query={query} sort="name" label={t.admin.columns.name} />
          <SortHead shell={shell} query={query} sort="activity" label={t.admin.columns.activity} />
          <SortHead shell={shell} query={query} sort="server" label={t.admin.columns.server} />
          <th scope="col">
            <span class="visually-hidden">{t.admin.columns.actions}</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <Person key={row.name} shell={shell} row={row} back={adminUrl(shell.baseUrl, query)} />
        ))}
      </tbody>
    </table>
  );
}

interface SortHeadProps extends Pick<AdminProps, 'shell' | 'query'> {
  readonly sort: AdminSort;
  readonly label: string;
}

function SortHead({ shell, query, sort, label }: SortHeadProps) {
  const current = query.sort === sort;
  const order = current && query.order === 'asc' ? 'desc' : 'asc';
  const aria = current ? (query.order === 'asc' ? 'ascending' : 'descending') : undefined;
  return (
    <th scope="col" aria-sort={aria}>
      <a class="sort" href={adminUrl(shell.baseUrl, { ...query, sort, order, page: 1 })}>
        {label}
        <span class="visually-hidden">{` (${shell.t.admin.sortBy(label)})`}</span>
        {current ? <Icon name={query.order === 'asc' ? 'up' : 'down'} /> : null}
      </a>
    </th>
  );
}

interface PersonProps {
  readonly shell: Shell;
  readonly row: AdminRowProps;
  /** The list as it is. */
  readonly back: string;
}

/** Renewed as a whole when something in it has changed. */
export function Person({ shell, row, back }: PersonProps) {
  const { t, now } = shell;
  return (
    <tr id={personId(row.name)}>
      <th scope="row">
        <div class="person">
          <bdi class="person-name">{row.name}</bdi>
          {row.you ? <span class="tag">{t.admin.you}</span> : null}
          {row.admin ? <span class="tag tag-accent">{t.admin.administrator}</span> : null}
        </div>
      </th>
      <td class="numbers" data-label={t.admin.columns.activity}>
        {row.lastActivity === null ? t.units.never : <When t={t} at={row.lastActivity} now={now} as="ago" />}
      </td>
      <td class="servers">
        {row.servers.map((server) => (
          <ServerLine key={server.name} shell={shell} server={server} back={back} />
        ))}
      </td>
      <td class="last">
        <PersonActs shell={shell} row={row} back={back} />
      </td>
    </tr>
  );
}

/** Of the element: what stands in names may not stand in an id that is looked up. */
export function personId(name: string): string {
  return `u-${encodeURIComponent(name).replaceAll('%', '_')}`;
}

function ServerLine({ shell, server, back }: { shell: Shell; server: AdminServerProps; back: string }) {
  const { name, state, image } = server;
  return (
    <div class="line">
      <div class="line-state">
        {name === '' ? null : <bdi class="server-name">{name}</bdi>}
        <StateBadge t={shell.t} state={state} />
        {image === null || state === 'stopped' ? null : <code class="quiet image">{image}</code>}
      </div>
      <div class="line-actions">
        <ServerActions shell={shell} server={server} back={back} />
      </div>
    </div>
  );
}

function ServerActions({ shell, server, back }: { shell: Shell; server: AdminServerProps; back: string }) {
  const { t } = shell;
  if (server.state === 'stopped' || server.state === 'failed') {
    return (
      <Action
        shell={shell}
        action={server.links.start}
        look="button small"
        back={back}
        name={`${t.server.start}: ${server.label}`}
      >
        {t.server.start}
      </Action>
    );
  }
  return (
    <>
      {isOpen(server) ? (
        <a class="button small" href={server.links.open} aria-label={`${t.server.open}: ${server.label}`}>
          {t.server.open}
        </a>
      ) : null}
      {isOpen(server) ? (
        <a class="button small subtle" href={server.limits} aria-label={t.limits.linkNamed(server.label)}>
          {t.limits.link}
        </a>
      ) : null}
      {isOpen(server) && server.share !== undefined ? (
        <a
          class="button small subtle"
          href={server.share.page}
          aria-label={t.share.linkNamed(server.label, server.share.count)}
        >
          {server.share.count === 0 ? t.share.link : t.share.linkCount(server.share.count)}
        </a>
      ) : null}
      {server.state === 'stopping' ? null : (
        <StopServer shell={shell} label={server.label} action={server.links.stop} back={back} />
      )}
    </>
  );
}
