import type { Abilities } from '../../../domain/containers.ts';
import type { Shell } from '../props.ts';
import { Icon } from './icon.tsx';

/** Whether the cluster's engine cannot do this. */
export function lacks({ lacks: what = [] }: Pick<Shell, 'lacks'>, ability: keyof Abilities): boolean {
  return what.includes(ability);
}

/** Why something is greyed out; nothing where it can be done. */
export function Lacks({ shell, what }: { shell: Shell; what: keyof Abilities }) {
  const { machines: words } = shell.t;
  return lacks(shell, what) ? (
    <p class="note">
      <Icon name="info" />
      <span>{words.lacks[what]}</span>
    </p>
  ) : null;
}
