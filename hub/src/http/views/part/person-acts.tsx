import type { AdminRowProps } from '../admin-props.ts';
import type { Shell } from '../props.ts';
import { Action } from './action.tsx';
import { Confirm } from './confirm.tsx';

/** What an administrator can do with one person: a menu that opens without scripts, so that rows stay low. */
export function PersonActs({ shell, row, back }: { shell: Shell; row: AdminRowProps; back: string }) {
  const { admin } = shell.t;
  return (
    <details class="acts" name="acts">
      <summary class="button subtle" aria-label={admin.actionsNamed(row.name)}>
        {admin.columns.actions}
      </summary>
      <div class="acts-panel">
        <a class="button subtle" href={row.sessions} aria-label={admin.sessionsNamed(row.name)}>
          {admin.sessions}
        </a>
        {row.invite === null ? null : (
          <Action shell={shell} action={row.invite} look="button subtle" name={admin.inviteNamed(row.name)}>
            {admin.invite}
          </Action>
        )}
        {row.dropSecondStep === null ? null : (
          <Confirm
            shell={shell}
            word={admin.dropSecondStep}
            name={admin.dropSecondStepNamed(row.name)}
            question={admin.dropSecondStepQuestion}
            loses={admin.dropSecondStepLoses(row.name)}
            yes={admin.dropSecondStepConfirm}
            action={row.dropSecondStep}
            look="button subtle"
            back={back}
          />
        )}
        {row.you ? null : (
          <a class="button subtle" href={row.remove} aria-label={admin.removeNamed(row.name)}>
            {admin.remove}
          </a>
        )}
      </div>
    </details>
  );
}
