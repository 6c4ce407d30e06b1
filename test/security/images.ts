import { output } from './shell-run.ts';

/** Images that we build, by the repository's name; whichever of them are on this engine. */
const OURS = /^berth(?:-proxy|-pam|-acme|-nginx|-apache|-notebook-[a-z0-9-]+)?$/;

/** What an image is for: rules hang on it. */
export type Kind = 'appliance' | 'notebook';

export interface OwnImage {
  readonly name: string;
  readonly kind: Kind;
}

/** `BERTH_IMAGES=a,b` names others. @throws Error when there is none at all. */
export async function ownImages(): Promise<readonly OwnImage[]> {
  const told = process.env.BERTH_IMAGES?.split(',');
  const here = await output('docker', 'images', '--format', '{{.Repository}}:{{.Tag}}');
  const names =
    told ??
    here.split('\n').filter((name) => name.endsWith(':latest') && OURS.test(name.replace(/:latest$/, '')));
  if (names.length === 0) throw new Error('there is no image of ours on this engine: make build');
  return [...new Set(names)]
    .sort()
    .map((name) => ({ name, kind: name.includes('notebook') ? 'notebook' : 'appliance' }));
}
