import { decodeSegment } from './route-path.ts';

/** Where the walk down the table ended: the value, and how many segments of the path it took. */
export interface Match<T> {
  readonly value: T;
  readonly depth: number;
}

interface Node<T> {
  readonly children: Map<string, Node<T>>;
  value: T | undefined;
}

const emptyNode = <T>(): Node<T> => ({ children: new Map(), value: undefined });

/**
 * Longest-prefix table over path segments. Maps, so that `/constructor` and `/__proto__` are names like any other;
 * whole segments, so that `/user/alice` is not a prefix of `/user/alicex`.
 */
export class RoutingTable<T> {
  readonly #root: Node<T> = emptyNode();
  #size = 0;

  get size(): number {
    return this.#size;
  }

  set(segments: readonly string[], value: T): void {
    let node = this.#root;
    for (const segment of segments) {
      let child = node.children.get(segment);
      if (child === undefined) {
        child = emptyNode();
        node.children.set(segment, child);
      }
      node = child;
    }
    if (node.value === undefined) this.#size += 1;
    node.value = value;
  }

  get(segments: readonly string[]): T | undefined {
    let node: Node<T> | undefined = this.#root;
    for (const segment of segments) {
      node = node.children.get(segment);
      if (node === undefined) return undefined;
    }
    return node.value;
  }

  /** Removes exactly this path, and the branches that nothing needs any more. Says what was there. */
  delete(segments: readonly string[]): T | undefined {
    const trail: Node<T>[] = [this.#root];
    for (const segment of segments) {
      const next = trail.at(-1)?.children.get(segment);
      if (next === undefined) return undefined;
      trail.push(next);
    }
    const leaf = trail.at(-1);
    const value = leaf?.value;
    if (leaf === undefined || value === undefined) return undefined;
    leaf.value = undefined;
    this.#size -= 1;
    for (let depth = segments.length; depth > 0; depth -= 1) {
      const node = trail[depth];
      if (node === undefined || node.value !== undefined || node.children.size > 0) break;
      trail[depth - 1]?.children.delete(segments[depth - 1] ?? '');
    }
    return value;
  }

  /**
   * The most specific value for a checked raw path (`pathOf`). `host` is the first segment when routing by host.
   * Throws Refusal 400 when a segment that takes part in the choice hides a separator.
   */
  match(path: string, host?: string): Match<T> | undefined {
    let node = this.#root;
    let best: Match<T> | undefined = node.value === undefined ? undefined : { value: node.value, depth: 0 };
    if (host !== undefined) {
      const next = node.children.get(host);
      if (next === undefined) return best;
      node = next;
      if (node.value !== undefined) best = { value: node.value, depth: 0 };
    }
    let depth = 0;
    for (let start = 1; start < path.length && node.children.size > 0; ) {
      const slash = path.indexOf('/', start);
      const end = slash === -1 ? path.length : slash;
      const next = node.children.get(decodeSegment(path.slice(start, end)));
      if (next === undefined) break;
      node = next;
      depth += 1;
      if (node.value !== undefined) best = { value: node.value, depth };
      start = end + 1;
    }
    return best;
  }

  *values(): Generator<T> {
    const stack: Node<T>[] = [this.#root];
    for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
      if (node.value !== undefined) yield node.value;
      stack.push(...node.children.values());
    }
  }
}
