import { ago, clock, fullDate, span } from '../format.ts';
import type { Messages } from '../messages/en.ts';

interface WhenProps {
  readonly t: Messages;
  readonly at: number;
  readonly now: number;
  /** `clock`: time of day; `ago`: distance; `since`: running length. The browser keeps the last two going. */
  readonly as: 'clock' | 'ago' | 'since';
}

/** A time that says itself whole when asked, and in the reader's zone where scripts run. */
export function When({ t, at, now, as }: WhenProps) {
  const text = as === 'clock' ? clock(t, at) : as === 'ago' ? ago(t, at, now) : span(t, now - at);
  return (
    <time dateTime={new Date(at).toISOString()} title={fullDate(t, at)} data-as={as}>
      {text}
    </time>
  );
}
