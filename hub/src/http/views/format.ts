import type { Messages } from './messages/en.ts';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** How long something takes, in its largest sensible unit: `8 s`, `12 min`, `3 h 5 min`, `4 days`. */
export function span(t: Messages, ms: number): string {
  const time = Math.max(0, ms);
  if (time < MINUTE) return t.units.seconds(Math.floor(time / SECOND));
  if (time < HOUR) return t.units.minutes(Math.floor(time / MINUTE));
  if (time < 2 * DAY) return t.units.hours(Math.floor(time / HOUR), Math.floor((time % HOUR) / MINUTE));
  return t.units.days(Math.floor(time / DAY));
}

/** `12 min ago`; what is nearer than a minute, or ahead by a clock's fault, is `just now`. */
export function ago(t: Messages, at: number, now: number): string {
  return now - at < MINUTE ? t.units.justNow : t.units.ago(span(t, now - at));
}

/** `18:40 UTC`: the server does not know the reader's zone, so it says its own. The browser makes it local. */
export function clock(t: Messages, at: number): string {
  return new Intl.DateTimeFormat(t.lang, {
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    timeZone: 'UTC',
    timeZoneName: 'short',
  }).format(at);
}

/** `Nov 21, 2026`. */
export function date(t: Messages, at: number): string {
  return new Intl.DateTimeFormat(t.lang, { dateStyle: 'medium', timeZone: 'UTC' }).format(at);
}

/** The whole of it, for titles. */
export function fullDate(t: Messages, at: number): string {
  return new Intl.DateTimeFormat(t.lang, {
    dateStyle: 'long',
    timeStyle: 'long',
    hourCycle: 'h23',
    timeZone: 'UTC',
  }).format(at);
}
