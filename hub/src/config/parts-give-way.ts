import type { Fault, Layer } from './source.ts';

/** Addresses that can be told whole or in parts. */
const WHOLES: readonly (readonly [string, readonly string[]])[] = [
  ['hubApiBind', ['hubIp', 'hubPort']],
  ['hubConnectUrl', ['hubConnectIp']],
];

/**
 * A part of an address that an earlier source told gives way to the whole address of a later one: `hub_port` of a
 * `config.yaml` must not change the port in the address that Compose says. Earlier layers come first.
 */
export function partsGiveWay(layers: readonly Layer[]): readonly Layer[] {
  return layers.map((layer, index) => {
    const given = new Map(layer.given);
    const warnings: Fault[] = [...layer.warnings];
    for (const [whole, parts] of WHOLES) {
      const winner = layers
        .slice(index + 1)
        .findLast((later) => later.given.has(whole))
        ?.given.get(whole);
      if (winner === undefined) continue;
      for (const part of parts) {
        const told = given.get(part);
        if (told === undefined) continue;
        given.delete(part);
        const { name, place } = told;
        warnings.push({
          name,
          place,
          reason: `has no effect: ${winner.name} says the whole address, and wins`,
        });
      }
    }
    return { ...layer, given, warnings };
  });
}
