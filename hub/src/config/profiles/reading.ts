/** Where something stands: `singleuser.profileList[2].kubespawner_override`. */
export type Path = string;

/** One pass over a list of profiles: what is wrong stops the start, what means nothing here is told once. */
export class Reading {
  readonly faults: string[] = [];
  readonly warnings: string[] = [];
  /** What means something on the machines of a cluster, and nothing on one machine. */
  readonly ofCluster: string[] = [];
  /** What a cluster cannot be told, and one machine need not. */
  readonly clusterFaults: string[] = [];

  /** Notes a fault, and gives nothing. */
  fault(path: Path, should: string): undefined {
    this.faults.push(`${path} ${should}`);
    return undefined;
  }

  warn(path: Path, words: string): void {
    this.warnings.push(`${path} ${words}`);
  }

  text(value: unknown, path: Path): string | undefined {
    if (typeof value === 'string' || typeof value === 'number') return String(value);
    return value === undefined ? undefined : this.fault(path, 'should be a text');
  }

  flag(value: unknown, path: Path): boolean {
    if (typeof value === 'boolean' || value === undefined) return value === true;
    this.fault(path, 'should be true or false');
    return false;
  }

  texts(value: unknown, path: Path): readonly string[] | undefined {
    if (value === undefined) return undefined;
    const list = typeof value === 'string' ? value.split(/\s+/).filter((word) => word !== '') : value;
    const good =
      Array.isArray(list) && list.every((one) => typeof one === 'string' || typeof one === 'number');
    return good ? list.map(String) : this.fault(path, 'should be a list of words');
  }

  number(value: unknown, path: Path, least: number, most: number): number | undefined {
    const found = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
    if (typeof found === 'number' && found >= least && found <= most) return found;
    return this.fault(path, `should be a number from ${least} to ${most}`);
  }

  /** A mapping, or nothing. */
  mapping(value: unknown, path: Path): Readonly<Record<string, unknown>> | undefined {
    if (value === undefined || value === null) return undefined;
    if (typeof value === 'object' && !Array.isArray(value)) return { ...value };
    return this.fault(path, 'should be a mapping');
  }

  /** A list of things, or a mapping of them: their own paths, and their names in a mapping. */
  items(
    value: unknown,
    path: Path,
  ): readonly { readonly at: Path; readonly key: string | null; readonly value: unknown }[] {
    if (value === undefined || value === null) return [];
    if (Array.isArray(value))
      return value.map((one, index) => ({ at: `${path}[${index}]`, key: null, value: one }));
    return Object.entries(this.mapping(value, path) ?? {}).map(([key, one]) => ({
      at: `${path}.${key}`,
      key,
      value: one,
    }));
  }
}
