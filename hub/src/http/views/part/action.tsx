import type { ComponentChildren } from 'preact';
import type { Shell } from '../props.ts';
import { Xsrf } from './xsrf.tsx';

interface ActionProps {
  readonly shell: Shell;
  readonly action: string;
  readonly look?: string;
  /** Where the person wants to be once the server runs. */
  readonly next?: string | null;
  /** The page to come back to at once. */
  readonly back?: string | null;
  /** For screen readers, when the visible word alone would not say on what. */
  readonly name?: string | undefined;
  readonly children: ComponentChildren;
}

/** A button that changes something: a form of its own, so that it needs no script. */
export function Action(props: ActionProps) {
  const { shell, action, look = 'button', next = null, back = null, name, children } = props;
  return (
    <form class="action" method="post" action={action}>
      <Xsrf word={shell.xsrf} />
      {next === null ? null : <input type="hidden" name="next" value={next} />}
      {back === null ? null : <input type="hidden" name="back" value={back} />}
      <button class={look} type="submit" aria-label={name}>
        {children}
      </button>
    </form>
  );
}
