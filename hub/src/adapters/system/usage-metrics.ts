import { Gauge, type Registry } from 'prom-client';
import { serverKey } from '../../domain/server.ts';
import type { Tables } from '../../domain/store.ts';
import type { MachineUsage, Usage, UsageNow } from '../../domain/usage.ts';

/** Berth's own names: what servers and the machine used at the last look. Nothing is asked when Prometheus asks. */
export function showUsage(registry: Registry, tables: Pick<Tables, 'servers'>, usage: Usage): void {
  const server = (name: string, help: string, value: (now: UsageNow) => number | null): void => {
    new Gauge({
      name: `berth_server_${name}`,
      help,
      labelNames: ['user', 'server'],
      registers: [registry],
      collect() {
        this.reset();
        for (const { user, name: own } of tables.servers.values()) {
          const now = usage.of(serverKey(user, own));
          const amount = now === null ? null : value(now);
          if (amount !== null) this.set({ user, server: own }, amount);
        }
      },
    });
  };
  const machine = (name: string, help: string, value: (now: MachineUsage) => number | null): void => {
    new Gauge({
      name: `berth_machine_${name}`,
      help,
      registers: [registry],
      collect() {
        const now = usage.machine();
        const amount = now === null ? null : value(now);
        // Nothing rather than a number that nobody measured.
        if (amount === null) this.remove();
        else this.set(amount);
      },
    });
  };
  server('cpu_cores', 'Cores that a server used between the last two looks', ({ cores }) => cores);
  server('memory_bytes', 'Memory of a server, without the cache of files', ({ memory }) => memory);
  machine('memory_bytes', 'Memory of the machine', ({ memory }) => memory.total);
  machine('memory_used_bytes', 'Memory in use on the machine', ({ memory }) => memory.used);
  machine('memory_committed_bytes', "Sum of the servers' memory limits", ({ memory }) => memory.committed);
  machine('memory_guaranteed_bytes', "Sum of the servers' guarantees", ({ memory }) => memory.guaranteed);
  machine('cores', 'Cores of the machine', ({ cores }) => cores.total);
  machine('cores_used', 'Cores in use on the machine', ({ cores }) => cores.used);
  machine('gpus', 'Leases that there are for GPUs', ({ gpus }) => gpus.total);
  machine('gpus_leased', 'Leases of GPUs', ({ gpus }) => gpus.leased);
}
