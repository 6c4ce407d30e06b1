import type { Shell } from '../props.ts';
import { When } from './when.tsx';

/** The end of a share: its day, and on its last day the time. */
export function Until({ shell, at }: { shell: Shell; at: number }) {
  const { t, now } = shell;
  const soon = at - now < 24 * 3600_000;
  return (
    <>
      {t.share.until} <When t={t} at={at} now={now} as={soon ? 'clock' : 'date'} />
    </>
  );
}
