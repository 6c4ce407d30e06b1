import type { LookupFunction } from 'node:net';
import { networkInterfaces } from 'node:os';

/**
 * For whom `localhost` is every address at which a program in this network namespace may listen: most choose the
 * loopback, some only the container's own address. Tried in this order.
 */
export const localAddresses: LookupFunction = (_hostname, options, done) => {
  const addresses = [
    { address: '127.0.0.1', family: 4 },
    { address: '::1', family: 6 },
    ...Object.values(networkInterfaces())
      .flat()
      .filter((one) => one !== undefined)
      .filter(({ internal, family }) => !internal && family === 'IPv4')
      .map(({ address }) => ({ address, family: 4 })),
  ];
  if (options.all === true) done(null, addresses);
  else done(null, '127.0.0.1', 4);
};
