import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

import { TOLD_ELSEWHERE } from './dependency-reasons.ts';

const ROOT = join(import.meta.dirname, '../..');

const lockShape = z.looseObject({
  packages: z.record(
    z.string(),
    z.looseObject({
      version: z.string().optional(),
      integrity: z.string().optional(),
      license: z.string().optional(),
      resolved: z.string().optional(),
      dev: z.boolean().optional(),
      hasInstallScript: z.boolean().optional(),
    }),
  ),
});
const packageShape = z.looseObject({
  dependencies: z.record(z.string(), z.string()),
  devDependencies: z.record(z.string(), z.string()),
});

export interface LockedPackage {
  readonly name: string;
  readonly version: string;
  readonly integrity: string | null;
  readonly licence: string;
  /** Where it comes from when that is not the registry: git, a file, an address. */
  readonly elsewhere: string | null;
  /** Not in the image. */
  readonly development: boolean;
  readonly runsAtInstall: boolean;
}

/** Every package that `npm ci` installs, on any machine. */
export function lockedPackages(): readonly LockedPackage[] {
  const { packages } = lockShape.parse(read('package-lock.json'));
  return Object.entries(packages)
    .filter(([path]) => path !== '')
    .map(([path, one]) => ({
      name: path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length),
      version: one.version ?? '',
      integrity: one.integrity ?? null,
      licence: one.license ?? licenceInstalled(path),
      // The lock names no place: npm's configuration does, and the digest holds whatever it brings.
      elsewhere: one.resolved ?? null,
      development: one.dev === true,
      runsAtInstall: one.hasInstallScript === true,
    }));
}

/** Old packages tell their licence in a way that npm does not carry over. */
function licenceInstalled(path: string): string {
  const told = z
    .looseObject({ license: z.unknown(), licenses: z.unknown() })
    .partial()
    .parse(read(`${path}/package.json`));
  const one = z.union([z.string(), z.looseObject({ type: z.string() })]);
  const found = one.safeParse(
    told.license ?? (Array.isArray(told.licenses) ? told.licenses[0] : told.licenses),
  );
  if (!found.success) return TOLD_ELSEWHERE[path.replace('node_modules/', '')] ?? 'unknown';
  return typeof found.data === 'string' ? found.data : found.data.type;
}

/** What package.json names, with the versions as they are written. */
export function namedPackages(): {
  readonly production: Readonly<Record<string, string>>;
  readonly development: Readonly<Record<string, string>>;
} {
  const { dependencies, devDependencies } = packageShape.parse(read('package.json'));
  return { production: dependencies, development: devDependencies };
}

function read(path: string): unknown {
  return JSON.parse(readFileSync(join(ROOT, path), 'utf8'));
}

/** Whether `version` is at least `floor`; both without words behind a hyphen. */
export function atLeast(version: string, floor: string): boolean {
  const [have, want] = [version, floor].map((word) => word.split('-')[0]?.split('.').map(Number) ?? []);
  for (let at = 0; at < 3; at += 1) {
    const difference = (have?.[at] ?? 0) - (want?.[at] ?? 0);
    if (difference !== 0) return difference > 0;
  }
  return true;
}
