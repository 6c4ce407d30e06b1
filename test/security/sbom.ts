// `npm run sbom`: what Berth and its images are made of, as CycloneDX 1.5 in sbom/, a file for the sources and one an image.
import { randomUUID } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { debianParts, nodeParts, npmUrl, type Part, pythonParts } from './image-parts.ts';
import { ownImages } from './images.ts';
import { lockedPackages } from './lock-file.ts';
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
    ...frame({ type: 'container', name: image, version: id, 'bom-ref': id }),
    components: parts.map(component),
  };
}

function component({ licences = [], purl, ...part }: Part): object {
  const told = licences.map((id) => ({ license: { name: id } }));
  return { ...part, 'bom-ref': purl, purl, ...(told.length === 0 ? {} : { licenses: told }) };
}

/**
 * Of the sources: every package that goes into the image, with the checksum that npm holds it to. Not by `npm sbom --omit dev`: of
 * the packages that tests use as well (koa's `accepts`, say) it names none.
 */
export function sourceBom(): Bom {
  const parts = lockedPackages().filter(({ development }) => !development);
  return {
    ...frame({ type: 'application', name: 'berth', 'bom-ref': 'berth' }),
    components: parts.map(({ name, version, licence, integrity }) => ({
      ...component({ type: 'library', name, version, purl: npmUrl(name, version), licences: [licence] }),
      ...(integrity === null ? {} : { hashes: [hashOf(integrity)] }),
    })),
  };
}

/** `sha512-<base64>`, as npm writes it, in CycloneDX's words. */
function hashOf(integrity: string): object {
  const [kind = '', value = ''] = integrity.split('-', 2);
  return { alg: kind.replace('sha', 'SHA-'), content: Buffer.from(value, 'base64').toString('hex') };
}

function frame(subject: object): Omit<Bom, 'components'> {
  return {
    bomFormat: 'CycloneDX',
    specVersion: '1.5',
    serialNumber: `urn:uuid:${randomUUID()}`,
    version: 1,
    metadata: { timestamp: new Date().toISOString(), component: subject },
  };
}

if (import.meta.main) {
  const folder = join(import.meta.dirname, '../../sbom');
  mkdirSync(folder, { recursive: true });
  const sources = sourceBom();
  writeFileSync(join(folder, 'berth-sources.cdx.json'), `${JSON.stringify(sources, null, 2)}\n`);
  console.log(`sbom/berth-sources.cdx.json: ${sources.components.length} parts`);
  for (const { name } of await ownImages()) {
    const bom = await imageBom(name);
    const file = `${name.replace(/:latest$/, '').replaceAll(/[/:]/g, '-')}.cdx.json`;
    writeFileSync(join(folder, file), `${JSON.stringify(bom, null, 2)}\n`);
    console.log(`sbom/${file}: ${bom.components.length} parts`);
  }
}
