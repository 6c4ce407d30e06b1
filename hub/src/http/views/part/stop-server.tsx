import type { Shell } from '../props.ts';
import { Confirm } from './confirm.tsx';

interface StopServerProps {
  readonly shell: Shell;
  readonly label: string;
  readonly action: string;
  readonly back?: string | null;
}

/** Stopping loses what is in memory. */
export function StopServer({ shell, label, action, back = null }: StopServerProps) {
  const { server } = shell.t;
  return (
    <Confirm
      shell={shell}
      word={server.stop}
      name={server.stopNamed(label)}
      question={server.stopTitle}
      loses={server.stopLoses}
      yes={server.stopConfirm}
      action={action}
      back={back}
    />
  );
}
