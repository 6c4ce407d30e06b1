import type { Endpoint } from './endpoint.ts';

interface Branch {
  readonly fixed: Map<string, Branch>;
  any: Branch | null;
  readonly methods: Map<string, Endpoint>;
}

/** What stands at an address: its endpoints by method, and what the address says where a path has `:name`. */
export interface Found {
  readonly methods: ReadonlyMap<string, Endpoint>;
  /** In the order of the path, as they stand in the address: not decoded. */
  readonly values: readonly string[];
}

/** Finds the endpoints of an address by its segments, letter by letter; `:name` takes any that is not empty. */
export class EndpointTree {
  readonly #root = branch();

  constructor(endpoints: readonly Endpoint[]) {
    for (const one of endpoints) {
      let at = this.#root;
      for (const segment of one.path.split('/')) at = grow(at, segment);
      at.methods.set(one.method, one);
    }
  }

  /** `path` is what follows `/hub/api`: empty, or beginning with a slash. Null when nothing stands there. */
  find(path: string): Found | null {
    const values: string[] = [];
    let at: Branch = this.#root;
    for (const segment of path.split('/')) {
      const fixed = at.fixed.get(segment);
      const next = fixed ?? (segment === '' ? null : at.any);
      if (next === null) return null;
      if (fixed === undefined) values.push(segment);
      at = next;
    }
    return at.methods.size === 0 ? null : { methods: at.methods, values };
  }
}

function branch(): Branch {
  return { fixed: new Map(), any: null, methods: new Map() };
}

function grow(at: Branch, segment: string): Branch {
  if (segment.startsWith(':')) {
    at.any ??= branch();
    return at.any;
  }
  const next = at.fixed.get(segment) ?? branch();
  at.fixed.set(segment, next);
  return next;
}
