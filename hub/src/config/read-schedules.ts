import { isTimezone, parseCron } from '../domain/cron.ts';
import type { Schedule } from '../domain/schedule.ts';
import { isServerName } from '../domain/server-name.ts';
import type { PolicyFault } from './read-policy.ts';

const KEYS = ['name', 'start', 'stop', 'timezone', 'group', 'groups', 'users', 'profile', 'server'];
const NAME_MOST = 80;

/** Reads `schedules`, a list of mappings, with all that is wrong in it and where. */
export function readSchedules(value: unknown): {
  readonly schedules: readonly Schedule[];
  readonly faults: readonly PolicyFault[];
} {
  if (value === undefined || value === null) return { schedules: [], faults: [] };
  if (!Array.isArray(value)) return { schedules: [], faults: [{ path: [], message: 'should be a list' }] };
  const faults: PolicyFault[] = [];
  const schedules = value.map((one, index) => readOne(one, String(index), faults));
  for (const [index, { name }] of schedules.entries()) {
    if (name === '' || schedules.findIndex((other) => other.name === name) === index) continue;
    faults.push({ path: [String(index), 'name'], message: 'is the name of another schedule, too' });
  }
  return { schedules, faults };
}

function readOne(value: unknown, index: string, faults: PolicyFault[]): Schedule {
  const given: Readonly<Record<string, unknown>> =
    typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {};
  const fault = (key: string, message: string): void => {
    faults.push({ path: key === '' ? [index] : [index, key], message });
  };
  if (given !== value && Object.keys(given).length === 0) fault('', 'should say name, start and group');
  for (const key of Object.keys(given)) {
    if (!KEYS.includes(key)) fault(key, `is not known; ${KEYS.join(', ')} are`);
  }
  const text = (key: string): string | null => {
    const word = given[key];
    if (word === undefined || word === null) return null;
    if (typeof word === 'string' || typeof word === 'number') return String(word).trim();
    fault(key, 'should be text');
    return null;
  };
  const cron = (key: string): string | null => {
    const pattern = text(key);
    const read = pattern === null ? null : parseCron(pattern);
    if (typeof read === 'string') fault(key, read);
    return pattern;
  };
  const words = (key: string): readonly string[] => {
    const list = typeof given[key] === 'string' ? [given[key]] : (given[key] ?? []);
    if (Array.isArray(list) && list.every((word) => typeof word === 'string')) return list;
    fault(key, 'should be a list of names');
    return [];
  };
  const [name, start] = [text('name') ?? '', cron('start') ?? ''];
  if (name === '' || name.length > NAME_MOST)
    fault('name', `should be a name of at most ${NAME_MOST} letters`);
  if (start === '') fault('start', 'should be a cron pattern such as 45 7 * * mon-fri');
  const timezone = text('timezone') ?? 'UTC';
  if (!isTimezone(timezone)) fault('timezone', 'should be a time zone such as Europe/Berlin');
  const server = text('server') ?? '';
  if (server !== '' && !isServerName(server)) fault('server', 'cannot be the name of a server');
  const [groups, users] = [[...words('group'), ...words('groups')], words('users')];
  if (groups.length + users.length === 0) fault('', 'should say whose servers: group, groups or users');
  return { name, start, stop: cron('stop'), timezone, groups, users, profile: text('profile'), server };
}
