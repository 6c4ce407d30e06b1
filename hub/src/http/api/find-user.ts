import type { User } from '../../domain/user.ts';
import type { Hub } from '../hub.ts';
import { notFound } from './refusal.ts';

/** The user of that name, letter by letter. @throws Refusal 404. */
export function findUser(hub: Hub, name: string, message = 'Not Found'): User {
  const user = hub.tables.users.get(name);
  if (user === undefined) throw notFound(message);
  return user;
}
