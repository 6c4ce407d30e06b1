import { z } from 'zod';
import type { Dice } from '../../soak/dice.ts';
import { HOSTILE_WORDS } from '../hostile-words.ts';
import { below } from '../mutate.ts';

const schemaShape = z.looseObject({
  type: z.union([z.string(), z.array(z.string())]).optional(),
  enum: z.array(z.unknown()).optional(),
  const: z.unknown().optional(),
  anyOf: z.array(z.unknown()).optional(),
  allOf: z.array(z.unknown()).optional(),
  properties: z.record(z.string(), z.unknown()).optional(),
  required: z.array(z.string()).optional(),
  items: z.unknown().optional(),
  additionalProperties: z.unknown().optional(),
});

/** A body that a JSON Schema allows, or nearly: what is not required is there half the time. */
export function sampleBody(schema: unknown, dice: Dice, names: readonly string[], depth = 0): unknown {
  const read = schemaShape.safeParse(schema);
  if (!read.success || depth > 6) return dice.one(names);
  const { type, properties = {}, required = [], anyOf, allOf, enum: choices, items } = read.data;
  if (read.data.const !== undefined) return read.data.const;
  if (choices !== undefined && choices.length > 0) return dice.one(choices);
  const inner = anyOf ?? allOf;
  if (inner !== undefined && inner.length > 0) return sampleBody(dice.one(inner), dice, names, depth + 1);
  const kind = Array.isArray(type) ? dice.one(type) : type;
  if (kind === 'array')
    return Array.from({ length: below(dice, 4) }, () => sampleBody(items, dice, names, depth + 1));
  if (kind === 'boolean') return below(dice, 2) === 0;
  if (kind === 'number' || kind === 'integer') return dice.one([0, 1, 60, 3600, -1, 1.5, 2 ** 31]);
  if (kind === 'null') return null;
  if (kind === 'object' || Object.keys(properties).length > 0) {
    const entries = Object.entries(properties)
      .filter(([name]) => required.includes(name) || below(dice, 2) === 0)
      .map(([name, part]) => [name, sampleBody(part, dice, names, depth + 1)]);
    if (below(dice, 8) === 0) entries.push([dice.one(HOSTILE_WORDS), dice.one(names)]);
    return Object.fromEntries(entries);
  }
  return dice.one(below(dice, 3) === 0 ? HOSTILE_WORDS : names);
}
