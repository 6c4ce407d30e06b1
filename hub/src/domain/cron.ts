/** A pattern of five fields: minute, hour, day of the month, month, day of the week. */
export interface Cron {
  readonly minutes: ReadonlySet<number>;
  readonly hours: ReadonlySet<number>;
  readonly days: ReadonlySet<number>;
  readonly months: ReadonlySet<number>;
  /** 0 is Sunday. */
  readonly weekdays: ReadonlySet<number>;
  /** Both kinds of day were named: then either is enough, as in every cron. */
  readonly eitherDay: boolean;
}

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const WEEKDAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];

interface Field {
  readonly name: string;
  readonly least: number;
  readonly most: number;
  readonly words?: readonly string[];
}

const FIELDS: readonly Field[] = [
  { name: 'minute', least: 0, most: 59 },
  { name: 'hour', least: 0, most: 23 },
  { name: 'day of the month', least: 1, most: 31 },
  { name: 'month', least: 1, most: 12, words: ['', ...MONTHS] },
  // Both ends of the week are Sunday.
  { name: 'day of the week', least: 0, most: 7, words: WEEKDAYS },
];

/** Reads `45 7 * * mon-fri`; answers one sentence when it cannot be. */
export function parseCron(text: string): Cron | string {
  const parts = text.trim().toLowerCase().split(/\s+/);
  if (parts.length !== FIELDS.length) {
    return 'should have five fields: minute, hour, day of the month, month, day of the week';
  }
  const sets: Set<number>[] = [];
  for (const [index, field] of FIELDS.entries()) {
    const set = parseField(parts[index] ?? '', field);
    if (set === null) return `has a ${field.name} that cannot be: ${parts[index]}`;
    sets.push(set);
  }
  const [minutes, hours, days, months, week] = sets;
  if (!(minutes && hours && days && months && week)) return 'cannot be read';
  const weekdays = new Set([...week].map((day) => day % 7));
  const eitherDay = !parts[2]?.startsWith('*') && !parts[4]?.startsWith('*');
  return { minutes, hours, days, months, weekdays, eitherDay };
}

function parseField(text: string, field: Field): Set<number> | null {
  const found = new Set<number>();
  for (const part of text.split(',')) {
    const match = /^(?:(\*)|([a-z0-9]+)(?:-([a-z0-9]+))?)(?:\/(\d{1,2}))?$/.exec(part);
    if (match === null) return null;
    const [, star, first = '', last, step = '1'] = match;
    const from = star === '*' ? field.least : numberOf(first, field);
    // `5/10` goes on to the end.
    const open = star === '*' || (last === undefined && match[4] !== undefined);
    const to = open ? field.most : last === undefined ? from : numberOf(last, field);
    const stride = Number(step);
    if (from === null || to === null || from > to || stride < 1) return null;
    for (let value = from; value <= to; value += stride) found.add(value);
  }
  return found;
}

function numberOf(text: string, { least, most, words = [] }: Field): number | null {
  const named = words.indexOf(text);
  const value = named > -1 && text !== '' ? named : /^\d{1,2}$/.test(text) ? Number(text) : Number.NaN;
  return value >= least && value <= most ? value : null;
}

/** A minute as the clock on the wall shows it. */
interface WallTime {
  readonly minute: number;
  readonly hour: number;
  readonly day: number;
  readonly month: number;
  readonly weekday: number;
}

const MINUTE_MS = 60_000;
/** Every time zone is off by quarters of an hour: the wall's minutes run along with ours for as long. */
const QUARTER_MS = 15 * MINUTE_MS;
const YEAR_MS = 366 * 24 * 3600_000;

/** The last tick after `from`, up to and with `to`, or null. For spans of hours: each minute is looked at. */
export function lastTick(cron: Cron, timezone: string, from: number, to: number): number | null {
  for (let at = floor(to, MINUTE_MS); at > from; at -= MINUTE_MS) {
    const wall = wallTime(at, timezone);
    if (isDay(cron, wall) && cron.hours.has(wall.hour) && cron.minutes.has(wall.minute)) return at;
  }
  return null;
}

/** The next tick after `after`, or null when there is none within a year. */
export function nextTick(cron: Cron, timezone: string, after: number): number | null {
  for (let block = floor(after, QUARTER_MS); block < after + YEAR_MS; block += QUARTER_MS) {
    const wall = wallTime(block, timezone);
    if (!isDay(cron, wall) || !cron.hours.has(wall.hour)) continue;
    for (let offset = 0; offset < 15; offset += 1) {
      const at = block + offset * MINUTE_MS;
      if (at > after && cron.minutes.has(wall.minute + offset)) return at;
    }
  }
  return null;
}

function isDay(cron: Cron, { day, month, weekday }: WallTime): boolean {
  if (!cron.months.has(month)) return false;
  const [byDay, byWeek] = [cron.days.has(day), cron.weekdays.has(weekday)];
  return cron.eitherDay ? byDay || byWeek : byDay && byWeek;
}

function floor(at: number, unit: number): number {
  return Math.floor(at / unit) * unit;
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** Whether the engine knows a time zone of that name. */
export function isTimezone(name: string): boolean {
  try {
    return formatOf(name) !== undefined;
  } catch {
    return false;
  }
}

function formatOf(timezone: string): Intl.DateTimeFormat {
  const known = formats.get(timezone);
  if (known !== undefined) return known;
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: timezone,
    hourCycle: 'h23',
    minute: 'numeric',
    hour: 'numeric',
    day: 'numeric',
    month: 'numeric',
    weekday: 'short',
  });
  formats.set(timezone, format);
  return format;
}

function wallTime(at: number, timezone: string): WallTime {
  const parts = new Map(
    formatOf(timezone)
      .formatToParts(at)
      .map(({ type, value }) => [type, value]),
  );
  const number = (type: Intl.DateTimeFormatPartTypes) => Number(parts.get(type));
  return {
    minute: number('minute'),
    hour: number('hour'),
    day: number('day'),
    month: number('month'),
    weekday: WEEKDAYS.indexOf((parts.get('weekday') ?? '').toLowerCase()),
  };
}
