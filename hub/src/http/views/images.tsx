import { bytes } from './amounts.ts';
import { Layout } from './layout.tsx';
import { AdminRooms } from './part/admin-rooms.tsx';
import { PageHead } from './part/page-head.tsx';
import { Xsrf } from './part/xsrf.tsx';
import type { ImageRowProps, ImagesProps } from './storage-props.ts';

/** Images that servers are started with. */
export function ImagesView({ shell, rows, pull, check, notice }: ImagesProps) {
  const { t } = shell;
  const { columns } = t.images;
  return (
    <Layout shell={shell} title={t.images.title} width="wide" current="admin">
      <PageHead title={t.images.title} lead={t.images.lead} notice={notice} />
      <AdminRooms shell={shell} here="images" />
      <table class="people">
        <thead>
          <tr>
            <th scope="col">{columns.image}</th>
            <th scope="col">{columns.usedBy}</th>
            <th scope="col">{shell.lacks === undefined ? columns.here : t.machines.perMachine}</th>
            <th scope="col">{columns.size}</th>
            <th scope="col">{columns.newer}</th>
            <th scope="col">{t.admin.columns.actions}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <Row key={row.image} shell={shell} row={row} pull={pull} check={check} />
          ))}
        </tbody>
      </table>
    </Layout>
  );
}

function Row({
  shell,
  row,
  pull,
  check,
}: Pick<ImagesProps, 'shell' | 'pull' | 'check'> & { row: ImageRowProps }) {
  const { t } = shell;
  const { columns } = t.images;
  const users = row.usedBy.map((name) =>
    name === 'default' ? t.images.default : name === 'extra' ? t.images.extra : name,
  );
  return (
    <tr>
      <th scope="row">
        <code class="image">{row.image}</code>
        {row.trouble === null ? null : <div class="hint">{row.trouble}</div>}
      </th>
      <td data-label={columns.usedBy}>
        <bdi>{users.join(', ')}</bdi>
        {row.servers === 0 ? null : <span class="quiet"> ({t.images.servers(row.servers)})</span>}
      </td>
      <td data-label={shell.lacks === undefined ? columns.here : t.machines.perMachine}>
        <Here shell={shell} row={row} />
      </td>
      <td class="short" data-label={columns.size}>
        {row.size === null ? '' : bytes(t, row.size)}
      </td>
      <td class="short" data-label={columns.newer}>
        {t.images.freshness[row.freshness]}
      </td>
      <td>
        <div class="on-image">
          <OnImage shell={shell} action={pull} image={row.image} name={`${t.images.pull}: ${row.image}`}>
            {t.images.pull}
          </OnImage>
          <OnImage shell={shell} action={check} image={row.image} name={`${t.images.check}: ${row.image}`}>
            {t.images.check}
          </OnImage>
        </div>
      </td>
    </tr>
  );
}

/** Whether it is here; of a cluster, what each machine said. */
function Here({ shell, row }: Pick<ImagesProps, 'shell'> & { row: ImageRowProps }) {
  const { t } = shell;
  const { machines, pulling, here } = row;
  const percent = pulling === null ? null : t.images.pulling(pulling);
  if (machines === null) return <>{percent ?? (here ? t.images.yes : t.images.no)}</>;
  return (
    <>
      {percent}
      {percent === null && machines.length === 0 ? t.images.freshness.unknown : null}
      <ul class="plain">
        {machines.map(({ machine, state, detail }) => (
          <li key={machine.id}>
            <bdi>{machine.name}</bdi>: {t.machines.pull[state]}
            {detail === '' ? null : <div class="hint">{detail}</div>}
          </li>
        ))}
      </ul>
    </>
  );
}

/** An image's name is too long and too odd for an address. */
function OnImage({
  shell,
  action,
  image,
  name,
  children,
}: Pick<ImagesProps, 'shell'> & { action: string; image: string; name: string; children: string }) {
  return (
    <form class="action" method="post" action={action}>
      <Xsrf word={shell.xsrf} />
      <input type="hidden" name="image" value={image} />
      <button class="button small" type="submit" aria-label={name}>
        {children}
      </button>
    </form>
  );
}
