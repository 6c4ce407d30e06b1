import { ago, clock, date, fullDate, span } from '../format.ts';
import type { Messages } from '../messages/en.ts';

interface WhenProps {
  readonly t: Messages;
  readonly at: number;
  readonly now: number;
  /** `clock`: time of day; `date`: day; `ago`: distance; `since`: running length, which the browser keeps going. */
  readonly as: 'clock' | 'date' | 'ago' | 'since';
}

/** A time that says itself whole when asked, and in the reader's zone where scripts run. */
export function When({ t, at, now, as }: WhenProps) {
  const text = {
    clock: () => clock(t, at),
    date: () => date(t, at),
    ago: () => ago(t, at, now),
    since: () => span(t, now - at),
  }[as]();
  return (
    <time dateTime={new Date(at).toISOString()} title={fullDate(t, at)} data-as={as}>
      {text}
    </time>
  );
}
