import { stringify } from 'yaml';
import { authenticatorClasses, lineage } from '../class-tree.ts';
import { foreignName } from '../foreign-names.ts';
import { loadConfiguration } from '../load-configuration.ts';
import type { Assigned, LeftOut } from '../python/python-configuration.ts';
import { readPython } from '../python/read-python.ts';
import { isDict } from '../python/value.ts';
import { type Fault, tellFault } from '../source.ts';
import { readYaml } from '../yaml-file.ts';
import type { Carried, Imported, Left, Placing, Step } from './outcome.ts';
import { isCuller } from './place-service.ts';
import { placeTrait } from './place-trait.ts';
import { placeSpecial } from './special-traits.ts';

/**
 * A `jupyterhub_config.py` as a `config.yaml` that the hub takes, with an account of every line: carried over,
 * meaningless here, or not carried over. The result is read by the hub's own loader, and what that refuses is taken
 * out again and told. Never throws, whatever the text.
 */
export function importPython(source: string, name: string): Imported {
  const { assigned, leftOut } = readPython(source);
  const steps = [...assigned.flatMap((one) => stepsFor(one, assigned)), ...leftOut.map(stepOfLeftOut)];
  const { placed, overruled } = withoutDoubles(steps.filter((step) => step.kind === 'placed'));
  const { standing, refused, missing } = whatLoads(placed, name);
  return {
    yaml: yamlOf(standing, name),
    carried: byLine([
      ...standing.map(({ line, name, path, note }) => ({
        line,
        name,
        to: path.join('.'),
        ...(note === undefined ? {} : { note }),
      })),
      ...steps.filter((step) => step.kind === 'carried').map(withoutKind),
    ]),
    meaningless: byLine([
      ...steps.filter((step) => step.kind === 'meaningless').map(withoutKind),
      ...overruled,
    ]),
    notCarried: byLine([...steps.filter((step) => step.kind === 'left').map(withoutKind), ...refused]),
    missing,
  };
}

/** What has no use here has none either when it could not be read. */
function stepOfLeftOut({ line, what, why }: LeftOut): Step {
  const foreign = what.startsWith('c.') ? foreignName(what.slice(2)) : null;
  return foreign === null || foreign.refused === true
    ? { kind: 'left', line, name: what, reason: why }
    : { kind: 'meaningless', line, name: what.slice(2), reason: foreign.words };
}

function stepsFor(assigned: Assigned, whole: readonly Assigned[]): readonly Step[] {
  const chosen = whole.find(({ trait }) => trait === 'JupyterHub.authenticator_class');
  if (assigned.trait === 'JupyterHub.load_roles') {
    const told = rolesWithoutCuller(assigned, whole);
    if (told !== null) return told;
  }
  return (
    placeSpecial(assigned, whole) ?? [
      placeTrait(assigned, authenticatorClasses(chosen?.found.value ?? undefined)),
    ]
  );
}

/** The culler here needs no role. */
function rolesWithoutCuller(assigned: Assigned, whole: readonly Assigned[]): readonly Step[] | null {
  const { found, line, trait } = assigned;
  const services = whole.find((one) => one.trait === 'JupyterHub.services')?.found.value;
  if (!Array.isArray(services) || !Array.isArray(found.value)) return null;
  const cullers = services.filter(isCuller).map((service) => (isDict(service) ? service.name : undefined));
  const isForCuller = (role: unknown): boolean => {
    const { services: its, users = [], groups = [] } = isRole(role) ? role : {};
    const nobodyElse = [users, groups].every((list) => Array.isArray(list) && list.length === 0);
    return Array.isArray(its) && its.length > 0 && nobodyElse && its.every((name) => cullers.includes(name));
  };
  const kept = found.value.filter((role) => !isForCuller(role));
  if (kept.length === found.value.length) return null;
  const reason = 'has no effect for the culler, which is part of this hub';
  const rest: readonly Step[] =
    kept.length === 0 ? [] : [placeTrait({ ...assigned, found: { ...found, value: kept } }, [])];
  return [{ kind: 'meaningless', line, name: trait, reason }, ...rest];
}

function isRole(role: unknown): role is { services?: unknown; users?: unknown; groups?: unknown } {
  return typeof role === 'object' && role !== null;
}

/** Of two names for one setting the more specific class has the word: `DockerSpawner.mem_limit` over `Spawner.mem_limit`. */
function withoutDoubles(all: readonly Placing[]): { placed: readonly Placing[]; overruled: readonly Left[] } {
  const placed = new Map<string, Placing>();
  const overruled: Left[] = [];
  const depth = ({ name }: Placing) => lineage(name.split('.')[0] ?? '').length;
  for (const one of all) {
    const key = one.path.join('.');
    const before = placed.get(key);
    const [winner, loser] =
      before !== undefined && depth(before) > depth(one) ? [before, one] : [one, before];
    placed.set(key, winner);
    if (loser !== undefined) {
      overruled.push({
        line: loser.line,
        name: loser.name,
        reason: `has no effect: ${winner.name} has the word`,
      });
    }
  }
  return { placed: [...placed.values()], overruled };
}

/** Lets the hub's own loader read the result, and takes out what it refuses, until it refuses nothing more. */
function whatLoads(
  placed: readonly Placing[],
  name: string,
): { standing: readonly Placing[]; refused: readonly Left[]; missing: readonly string[] } {
  let standing = placed;
  const refused: Left[] = [];
  for (let round = 0; round <= placed.length; round++) {
    const faults = faultsOf(yamlOf(standing, name));
    const blamed = new Map<Placing, Fault>();
    for (const fault of faults) {
      const whose = standing.find((one) => isAbout(fault, one));
      if (whose !== undefined) blamed.set(whose, fault);
    }
    if (blamed.size === 0)
      return { standing, refused, missing: faults.map((fault) => tellFault({ ...fault, place: null })) };
    standing = standing.filter((one) => !blamed.has(one));
    for (const [{ line, name }, { reason }] of blamed) refused.push({ line, name, reason });
  }
  return { standing, refused, missing: [] };
}

function faultsOf(yaml: string): readonly Fault[] {
  const read = readYaml(yaml, 'config.yaml');
  if ('faults' in read) return read.faults;
  const loaded = loadConfiguration({ files: [read.file] });
  return 'faults' in loaded ? loaded.faults : [];
}

/** Under `hub.config` a fault is told with the trait's name, elsewhere with its place. */
function isAbout({ name }: Fault, { path }: Placing): boolean {
  const [top, config, ...trait] = path;
  const its = top === 'hub' && config === 'config' ? trait.join('.') : path.join('.');
  return name === its || name.startsWith(`${its}.`);
}

function yamlOf(placed: readonly Placing[], name: string): string {
  const root = new Map<string, unknown>();
  for (const { path, value } of placed) {
    let at = root;
    for (const step of path.slice(0, -1)) {
      const next = at.get(step);
      const inner = next instanceof Map ? next : new Map<string, unknown>();
      at.set(step, inner);
      at = inner;
    }
    at.set(path.at(-1) ?? '', value);
  }
  const head = `# Carried over from ${name} by \`berth config import\`. Check it: berth config check\n`;
  return root.size === 0 ? head : `${head}${stringify(root, { lineWidth: 0, aliasDuplicateObjects: false })}`;
}

function byLine<T extends Carried | Left>(all: readonly T[]): readonly T[] {
  return [...all].sort((one, other) => one.line - other.line);
}

function withoutKind<T extends { readonly kind: string }>({ kind: _, ...rest }: T): Omit<T, 'kind'> {
  return rest;
}
