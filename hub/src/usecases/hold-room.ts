import { isActive, serverKey } from '../domain/server.ts';
import type { SpawnPorts } from './spawn-ports.ts';

/** When the hub begins: whatever a former one let in still has its room. Before the first start or repair. */
export function holdRoom({ store, line }: Pick<SpawnPorts, 'store' | 'line'>): void {
  for (const server of store.servers.values()) {
    if (isActive(server) && server.grant !== null)
      line.hold(serverKey(server.user, server.name), server.grant);
  }
}
