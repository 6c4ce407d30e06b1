import { BlockList, isIP, type Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import type { Peer } from './http/request-head.ts';
import { Refusal } from './refusal.ts';

const NAMED_RANGES: Readonly<Record<string, readonly string[]>> = {
  loopback: ['127.0.0.0/8', '::1/128'],
  private: ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', 'fc00::/7'],
};

/** Knows the other end of a client's connection, and whether its X-Forwarded-* headers are believed. */
export class Peers {
  readonly #trusted: BlockList;
  readonly #known = new WeakMap<Socket, Peer>();
  readonly #refused = new WeakSet<Socket>();

  /** `ranges`: `loopback`, `private`, addresses or CIDR ranges. Throws Refusal for anything else. */
  constructor(ranges: readonly string[]) {
    this.#trusted = new BlockList();
    for (const range of ranges.flatMap((name) => NAMED_RANGES[name] ?? [name]))
      addRange(this.#trusted, range);
  }

  /** After a malformed request nothing else on its connection is believed to be a request. */
  refuse(socket: Socket): void {
    this.#refused.add(socket);
  }

  isRefused(socket: Socket): boolean {
    return this.#refused.has(socket);
  }

  of(socket: Socket): Peer {
    const known = this.#known.get(socket);
    if (known !== undefined) return known;
    // A unix socket has no address: whoever may open it is on this machine.
    const address = (socket.remoteAddress ?? '127.0.0.1').replace(/^::ffff:(?=\d+\.)/, '');
    const trusted = this.#trusted.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4');
    const peer = { address, trusted, tls: socket instanceof TLSSocket };
    this.#known.set(socket, peer);
    return peer;
  }
}

function addRange(list: BlockList, range: string): void {
  const [address = '', bits] = range.split('/', 2);
  const version = isIP(address);
  const most = version === 6 ? 128 : 32;
  const prefix = bits === undefined ? most : Number(bits);
  if (version === 0 || !Number.isInteger(prefix) || prefix < 0 || prefix > most) {
    throw new Refusal(400, `"${range}" is not an address, a CIDR range, "loopback" or "private".`);
  }
  list.addSubnet(address, prefix, version === 6 ? 'ipv6' : 'ipv4');
}
