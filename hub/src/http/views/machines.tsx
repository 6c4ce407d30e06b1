import type { MachineRow } from '../../usecases/machine-desk.ts';
import { bytes, number } from './amounts.ts';
import { span } from './format.ts';
import { Layout } from './layout.tsx';
import type { MachinesProps } from './machines-props.ts';
import { AdminRooms } from './part/admin-rooms.tsx';
import { ColumnHeads } from './part/column-heads.tsx';
import { Icon, type IconName } from './part/icon.tsx';
import { MoveHomes } from './part/move-homes.tsx';
import { PageHead } from './part/page-head.tsx';

/** The machines of a Swarm: what each of them does, holds and promises; and whose files are no longer to be reached. */
export function MachinesView({ shell, rows, move, notice, error }: MachinesProps) {
  const { machines: words } = shell.t;
  const lost = rows.filter(({ state, volumes }) => volumes > 0 && (state === 'away' || state === 'gone'));
  return (
    <Layout shell={shell} title={words.title} width="wide" current="admin">
      <PageHead title={words.title} lead={words.lead} notice={notice} error={error} />
      <AdminRooms shell={shell} here="machines" />
      {rows.length === 0 ? <p class="card empty">{words.none}</p> : <Table shell={shell} rows={rows} />}
      <div class="stack machines-below">
        <p class="fine">{words.howTo}</p>
        {lost.map((machine) => (
          <MoveHomes key={machine.id} shell={shell} machine={machine} rows={rows} action={move} />
        ))}
      </div>
    </Layout>
  );
}

function Table({ shell, rows }: Pick<MachinesProps, 'shell' | 'rows'>) {
  const { columns } = shell.t.machines;
  return (
    <table class="people">
      <ColumnHeads words={Object.values(columns)} />
      <tbody>
        {rows.map((row) => (
          <Row key={row.id} shell={shell} row={row} />
        ))}
      </tbody>
    </table>
  );
}

function Row({ shell, row }: Pick<MachinesProps, 'shell'> & { row: MachinesProps['rows'][number] }) {
  const { t, now } = shell;
  const { machines: words } = t;
  const { columns } = words;
  const { promised } = row;
  return (
    <tr>
      <th scope="row">
        <bdi>{row.name}</bdi>
        {row.manager ? <span class="quiet"> ({words.manager})</span> : null}
      </th>
      <td data-label={columns.state}>
        <span class={`state state-${LOOK[row.state].tone}`}>
          <Icon name={LOOK[row.state].icon} />
          {words.states[row.state]}
        </span>
        {row.emptiedAt === null || row.servers === 0 ? null : (
          <div class="hint">{words.emptiedIn(span(t, Math.max(0, row.emptiedAt - now)))}</div>
        )}
      </td>
      <td class="short" data-label={columns.servers}>
        {row.servers}
      </td>
      <td data-label={columns.room}>
        {row.state === 'gone'
          ? ''
          : words.room(
              bytes(t, promised.memory),
              bytes(t, row.memory),
              number(t, promised.cpus),
              number(t, row.cpus),
            )}
      </td>
      <td class="short" data-label={columns.volumes}>
        {row.volumes}
      </td>
    </tr>
  );
}

const LOOK: Readonly<Record<MachineRow['state'], { readonly icon: IconName; readonly tone: string }>> = {
  ready: { icon: 'running', tone: 'good' },
  paused: { icon: 'waiting', tone: 'busy' },
  draining: { icon: 'waiting', tone: 'busy' },
  away: { icon: 'alert', tone: 'bad' },
  gone: { icon: 'alert', tone: 'bad' },
};
