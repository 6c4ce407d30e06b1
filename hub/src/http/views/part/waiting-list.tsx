import type { AdminProps, WaitingProps } from '../admin-props.ts';
import { Action } from './action.tsx';
import { When } from './when.tsx';

/** People who asked for an account. The name is theirs to choose, so it says nothing of who they are. */
export function WaitingList({ shell, waiting }: Pick<AdminProps, 'shell' | 'waiting'>) {
  const { t } = shell;
  if (waiting.length === 0) return null;
  return (
    <section class="card waiting" aria-labelledby="waiting-title">
      <h2 id="waiting-title">{t.waiting.title(waiting.length)}</h2>
      <p class="hint">{t.waiting.lead}</p>
      <ul>
        {waiting.map((one) => (
          <Waiting key={one.name} shell={shell} one={one} />
        ))}
      </ul>
    </section>
  );
}

function Waiting({ shell, one }: { shell: AdminProps['shell']; one: WaitingProps }) {
  const { t, now } = shell;
  return (
    <li>
      <div class="who-asks">
        <bdi class="person-name">{one.name}</bdi>{' '}
        <span class="quiet">
          <When t={t} at={one.created} now={now} as="ago" /> {t.waiting.from(one.address)}
        </span>
      </div>
      <div class="answers">
        <Action
          shell={shell}
          action={one.approve}
          look="button small"
          name={t.waiting.approveNamed(one.name)}
        >
          {t.waiting.approve}
        </Action>
        <Action
          shell={shell}
          action={one.reject}
          look="button small subtle"
          name={t.waiting.rejectNamed(one.name)}
        >
          {t.waiting.reject}
        </Action>
      </div>
    </li>
  );
}
