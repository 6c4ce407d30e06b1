// `npm run sbom`: what Berth and its images are made of, as CycloneDX 1.5 in sbom/, a file for the sources and one an image.
import { randomUUID } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { debianParts, nodeParts, type Part, pythonParts } from './image-parts.ts';
import { ownImages } from './images.ts';
import { output } from './shell-run.ts';

export interface Bom {
  readonly bomFormat: 'CycloneDX';
  readonly specVersion: string;
  readonly serialNumber: string;
  readonly version: number;
  readonly metadata: object;
  readonly components: readonly object[];
}

/** Of the image itself: its operating system's packages, Node's and Python's. */
export async function imageBom(image: string): Promise<Bom> {
  const id = (await output('docker', 'image', 'inspect', '--format', '{{.Id}}', image)).trim();
  const parts = [...(await debianParts(image)), ...(await nodeParts(image)), ...(await pythonParts(image))];
  return {
    bomFormat: 'CycloneDX',
    specVersion: '1.5',
    serialNumber: `urn:uuid:${randomUUID()}`,
    version: 1,
    metadata: {
      timestamp: new Date().toISOString(),
      component: { type: 'container', name: image, version: id, 'bom-ref': id },
    },
    components: parts.map(component),
  };
}

function component({ licences = [], purl, ...part }: Part): object {
  const told = licences.map((id) => ({ license: { name: id } }));
  return { ...part, 'bom-ref': purl, purl, ...(told.length === 0 ? {} : { licenses: told }) };
}

/** Of the sources, by npm's own list: what goes into the image. */
export async function sourceBom(): Promise<string> {
  return await output(
    'npm',
    'sbom',
    '--sbom-format',
    'cyclonedx',
    '--package-lock-only',
    '--omit',
    'dev',
    '--sbom-type',
    'application',
  );
}

if (import.meta.main) {
  const folder = join(import.meta.dirname, '../../sbom');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'berth-sources.cdx.json'), await sourceBom());
  console.log('sbom/berth-sources.cdx.json');
  for (const { name } of await ownImages()) {
    const bom = await imageBom(name);
    const file = `${name.replace(/:latest$/, '').replaceAll(/[/:]/g, '-')}.cdx.json`;
    writeFileSync(join(folder, file), `${JSON.stringify(bom, null, 2)}\n`);
    console.log(`sbom/${file}: ${bom.components.length} parts`);
  }
}
