import { z } from 'zod';
import { inImage } from './shell-run.ts';

/** One part of an image, as an SBOM names it (CycloneDX 1.5, purl). */
export interface Part {
  readonly type: 'library' | 'application' | 'operating-system';
  readonly name: string;
  readonly version: string;
  readonly purl: string;
  readonly licences?: readonly string[];
}

/** Debian's packages, as dpkg has them. */
export async function debianParts(image: string): Promise<readonly Part[]> {
  const format = ['db:Status-Status', 'Package', 'Version', 'Architecture']
    .map((field) => `\${${field}}`)
    .join('\\t');
  const told = await inImage(
    image,
    `. /etc/os-release; echo "$ID-$VERSION_ID"; dpkg-query -W -f '${format}\\n'`,
  );
  const [distribution = '', ...lines] = told.trim().split('\n');
  return lines.flatMap((line) => {
    const [status, name = '', version = '', architecture = ''] = line.split('\t');
    if (status !== 'installed') return [];
    const at = `pkg:deb/debian/${encodeURIComponent(name)}@${encodeURIComponent(version)}`;
    return [{ type: 'library', name, version, purl: `${at}?arch=${architecture}&distro=${distribution}` }];
  });
}

/** Modules of Node: those of Berth's own image, and what another image brings. */
export async function nodeParts(image: string): Promise<readonly Part[]> {
  const script = `for file in $(find / -xdev -path '*/node_modules/*/package.json' -not -path '*/test/*' 2>/dev/null); do tr -d '\\n' < "$file"; echo; done`;
  const shape = z.looseObject({ name: z.string(), version: z.string(), license: z.string().optional() });
  const parts = (await inImage(image, script)).split('\n').flatMap((line) => {
    const read = shape.safeParse(jsonOf(line));
    if (!read.success) return [];
    const { name, version, license } = read.data;
    const purl = npmUrl(name, version);
    return [
      {
        type: 'library' as const,
        name,
        version,
        purl,
        ...(license === undefined ? {} : { licences: [license] }),
      },
    ];
  });
  return [...new Map(parts.map((part) => [part.purl, part])).values()];
}

export const npmUrl = (name: string, version: string): string =>
  `pkg:npm/${name.replace('@', '%40')}@${version}`;

/** Packages of Python, by what pip and Debian leave beside them. */
export async function pythonParts(image: string): Promise<readonly Part[]> {
  const script = `find / -xdev -name METADATA -path '*.dist-info/*' 2>/dev/null | while read -r file; do sed -n 's/^Name: //p;s/^Version: //p' "$file" | head -2 | paste -sd' '; done`;
  const parts = (await inImage(image, script)).split('\n').flatMap((line) => {
    const [name = '', version = ''] = line.split(' ');
    if (version === '') return [];
    const purl = `pkg:pypi/${name.toLowerCase().replaceAll('_', '-')}@${version}`;
    return [{ type: 'library' as const, name, version, purl }];
  });
  return [...new Map(parts.map((part) => [part.purl, part])).values()];
}

function jsonOf(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}
