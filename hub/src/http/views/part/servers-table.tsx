import { bytes, number } from '../amounts.ts';
import type { Shell } from '../props.ts';
import type { ServerRowProps, ServerSort, ServersProps } from '../servers-props.ts';
import { serversUrl } from '../servers-url.ts';
import { Icon } from './icon.tsx';
import { Meter } from './meter.tsx';
import { Spark } from './spark.tsx';
import { StateBadge } from './state-badge.tsx';
import { When } from './when.tsx';

const HEADS = ['user', 'state', 'image', 'since', 'idle', 'cpu', 'memory'] as const satisfies ServerSort[];

/** One row a server; on a narrow screen each row becomes a card (`data-label` names its lines there). */
export function ServersTable({ shell, query, rows, mayStop }: ServersProps) {
  const { columns } = shell.t.servers;
  return (
    <table class="people servers-table">
      <thead>
        <tr>
          {mayStop ? (
            <th scope="col">
              <span class="visually-hidden">{columns.pick}</span>
            </th>
          ) : null}
          {HEADS.map((sort) => (
            <SortHead key={sort} shell={shell} query={query} sort={sort} />
          ))}
          <th scope="col">
            <span class="visually-hidden">{columns.actions}</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <ServerRow key={row.key} shell={shell} row={row} mayStop={mayStop} />
        ))}
      </tbody>
    </table>
  );
}

function SortHead({ shell, query, sort }: Pick<ServersProps, 'shell' | 'query'> & { sort: ServerSort }) {
  const { t } = shell;
  const label = t.servers.columns[sort];
  const current = query.sort === sort;
  const order = current && query.order === 'asc' ? 'desc' : 'asc';
  const aria = current ? (query.order === 'asc' ? 'ascending' : 'descending') : undefined;
  return (
    <th scope="col" aria-sort={aria}>
      <a class="sort" href={serversUrl(shell.baseUrl, { ...query, sort, order, page: 1 })}>
        {label}
        <span class="visually-hidden">{` (${t.admin.sortBy(label)})`}</span>
        {current ? <Icon name={query.order === 'asc' ? 'up' : 'down'} /> : null}
      </a>
    </th>
  );
}

interface RowProps {
  readonly shell: Shell;
  readonly row: ServerRowProps;
  readonly mayStop: boolean;
}

/** Renewed as a whole when something in it has changed. */
export function ServerRow({ shell, row, mayStop }: RowProps) {
  const { t, now } = shell;
  const { columns } = t.servers;
  const active = row.state !== 'stopped' && row.state !== 'failed';
  return (
    <tr id={row.id}>
      {mayStop ? (
        <td class="pick">
          <label>
            <input type="checkbox" name="server" value={row.key} disabled={!active} />
            <span class="visually-hidden">{t.servers.pick(row.label)}</span>
          </label>
        </td>
      ) : null}
      <th scope="row">
        <div class="person">
          <bdi class="person-name">{row.user}</bdi>
          {row.name === '' ? null : <bdi class="tag">{row.name}</bdi>}
        </div>
      </th>
      <td data-label={columns.state}>
        <StateBadge t={t} state={row.state} />
      </td>
      <td data-label={columns.image}>
        {row.profile === null ? null : <div>{row.profile}</div>}
        {row.image === null ? null : (
          <code class="quiet image" title={row.image}>
            {shortImage(row.image)}
          </code>
        )}
      </td>
      <td class="numbers" data-label={columns.since}>
        {active && row.started !== null ? <When t={t} at={row.started} now={now} as="since" /> : '–'}
      </td>
      <td class="numbers" data-label={columns.idle}>
        {row.lastActivity === null ? t.units.never : <When t={t} at={row.lastActivity} now={now} as="ago" />}
      </td>
      <Cpu shell={shell} row={row} />
      <Memory shell={shell} row={row} />
      <td class="last">
        {row.state === 'ready' ? (
          <a class="button small" href={row.links.open} aria-label={`${t.server.open}: ${row.label}`}>
            {t.server.open}
          </a>
        ) : null}
      </td>
    </tr>
  );
}

function Cpu({ shell: { t }, row }: Omit<RowProps, 'mayStop'>) {
  const { cores } = row.usage;
  return (
    <td class="numbers" data-label={t.servers.columns.cpu}>
      {cores === null ? (
        '–'
      ) : (
        <a
          class="measure"
          href={row.usagePage}
          aria-label={`${number(t, cores.used)}. ${t.usage.linkNamed(row.label)}`}
        >
          {row.sparks === null ? null : <Spark {...row.sparks.cores} />}
          <span>{number(t, cores.used)}</span>
        </a>
      )}
    </td>
  );
}

function Memory({ shell: { t }, row }: Omit<RowProps, 'mayStop'>) {
  const { memory } = row.usage;
  return (
    <td class="numbers" data-label={t.servers.columns.memory}>
      {memory === null ? (
        '–'
      ) : (
        <div class="measure">
          {row.sparks === null ? null : <Spark {...row.sparks.memory} />}
          <span>
            {bytes(t, memory.used)}
            {memory.limit === null ? null : <span class="quiet"> / {bytes(t, memory.limit)}</span>}
            <Meter {...memory} name={`${t.usage.memory}: ${row.label}`} />
          </span>
        </div>
      )}
    </td>
  );
}

/** `scipy-notebook:2026-11-02`: the registry stands in the title. */
function shortImage(image: string): string {
  return image.slice(image.lastIndexOf('/') + 1);
}
