import { must, shell } from '../prove/shell.ts';

/** A cut in a container's network: what it takes to mend it. */
export type Mend = () => Promise<void>;

/**
 * Nothing goes from a process's network namespace to these addresses any more, nor comes from there: packets are dropped
 * without a word, as by a switch that died. The namespace is a container's, never the machine's.
 */
export async function cutOff(pid: number, addresses: readonly string[]): Promise<Mend> {
  const rules = addresses.flatMap((address) => [
    ['INPUT', '-s', address],
    ['OUTPUT', '-d', address],
  ]);
  const table = (act: '-I' | '-D', rule: readonly string[]) => [
    ...['nsenter', '-t', String(pid), '-n', 'iptables', '-w', act],
    ...rule,
    ...['-j', 'DROP'],
  ];
  for (const rule of rules) await must('/', table('-I', rule), { seconds: 20 });
  return async () => {
    // A container that has been restarted meanwhile has a new network, without the cut.
    for (const rule of rules) await shell('/', table('-D', rule), { seconds: 20 });
  };
}
