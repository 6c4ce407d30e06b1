import { isOpen, type Server } from '../domain/server.ts';
import type { Tables } from '../domain/store.ts';

/** All servers that run or sleep. */
export function openServers({ servers }: Pick<Tables, 'servers'>): Server[] {
  return [...servers.values()].filter(isOpen);
}
