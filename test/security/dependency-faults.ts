import { DEPENDENCY_REASONS, FLOORS, INSTALL_SCRIPTS, LICENCES } from './dependency-reasons.ts';
import { atLeast, type LockedPackage, lockedPackages, namedPackages } from './lock-file.ts';

/** Packages of biome for other machines: entered by hand, because npm forgets what it cannot install here. */
const BY_HAND = /^@biomejs\/cli-/;

/** What is wrong with our packages, one sentence each: all that can be known without asking anybody. */
export function dependencyFaults(): readonly string[] {
  const { production, development } = namedPackages();
  const named = { ...production, ...development };
  return [
    ...Object.entries(named)
      .filter(([, version]) => !/^\d+\.\d+\.\d+$/.test(version))
      .map(([name, version]) => `${name} is not pinned: ${version}`),
    ...Object.keys(named)
      .filter((name) => !Object.hasOwn(DEPENDENCY_REASONS, name))
      .map((name) => `${name} has no reason`),
    ...Object.keys(DEPENDENCY_REASONS)
      .filter((name) => !Object.hasOwn(named, name))
      .map((name) => `${name} has a reason, and is not there`),
    ...lockedPackages().flatMap(faultsOf),
  ];
}

function faultsOf({
  name,
  version,
  integrity,
  licence,
  elsewhere,
  development,
  runsAtInstall,
}: LockedPackage): readonly string[] {
  const floor = FLOORS[name];
  return [
    ...(integrity === null && !(development && BY_HAND.test(name))
      ? [`${name} has no checksum in package-lock.json`]
      : []),
    ...(elsewhere === null ? [] : [`${name} comes from ${elsewhere}`]),
    ...(LICENCES.includes(licence) ? [] : [`${name} is under ${licence}`]),
    ...(licence === 'MPL-2.0' && !development ? [`${name} is under ${licence}, and in the image`] : []),
    ...(runsAtInstall && !Object.hasOwn(INSTALL_SCRIPTS, name)
      ? [`${name} runs a program when it is installed`]
      : []),
    ...(floor !== undefined && !atLeast(version, floor[0])
      ? [`${name} ${version} is older than ${floor[0]}: ${floor[1]}`]
      : []),
  ];
}
