import type { ComponentChildren } from 'preact';
import type { Shell } from '../props.ts';
import { Action } from './action.tsx';

interface StartServerProps {
  readonly shell: Shell;
  readonly action: string;
  /** There is something to choose first: the button leads to the form. */
  readonly choose: boolean;
  /** Where the person wants to be once the server runs. */
  readonly next?: string | null;
  readonly children: ComponentChildren;
}

/** Starts a server, or leads to where one chooses what it is made of. */
export function StartServer({ shell, action, choose, next = null, children }: StartServerProps) {
  if (choose) {
    return (
      <a class="button primary" href={next === null ? action : `${action}?next=${encodeURIComponent(next)}`}>
        {children}
      </a>
    );
  }
  return (
    <Action shell={shell} action={action} look="button primary" next={next}>
      {children}
    </Action>
  );
}
