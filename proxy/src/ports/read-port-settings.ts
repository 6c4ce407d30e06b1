import { Refusal } from '../refusal.ts';

/** What the hub tells a forwarder. */
export interface PortSettings {
  /** Where it listens: the notebook container's address and a port that no program is likely to want. */
  readonly host: string;
  readonly port: number;
  /** Path of the server, decoded, one slash at each end: `/jhub/user/alice/`. */
  readonly prefix: string;
  /** Whoever says this word in `PORT_KEY_HEADER` is the hub or its proxy. */
  readonly key: string;
  /** For pages: whose server it is, and its name; empty for the default one. */
  readonly owner: string;
  readonly server: string;
  readonly logLevel: string;
}

/** @throws Refusal when something is missing. */
export function readPortSettings(environment: Readonly<Record<string, string | undefined>>): PortSettings {
  const told = (name: string): string => {
    const value = environment[name];
    if (value === undefined || value === '') throw new Refusal(400, `${name} is missing: the hub sets it.`);
    return value;
  };
  const port = Number(told('PORTS_PORT'));
  if (!Number.isInteger(port) || port < 1 || port > 65_535) throw new Refusal(400, 'PORTS_PORT is no port.');
  const prefix = told('PORTS_PREFIX');
  if (!/^\/(?:.*\/)?$/.test(prefix)) throw new Refusal(400, 'PORTS_PREFIX has no slash at each end.');
  return {
    host: told('PORTS_HOST'),
    port,
    prefix,
    key: told('PORTS_KEY'),
    owner: told('PORTS_OWNER'),
    server: environment.PORTS_SERVER ?? '',
    logLevel: environment.LOG_LEVEL || 'warn',
  };
}
