import { buildOwnImages } from '../security/build-own-images.ts';
import { imageFaults } from '../security/image-rules.ts';
import type { OwnImage } from '../security/images.ts';
import { imageBom, sourceBom } from '../security/sbom.ts';
import { waitingRepairs } from '../security/waiting-repairs.ts';
import type { Line } from './lines.ts';
import { program } from './program.ts';
import { suite } from './suite.ts';

const FUZZ_MINUTES = process.env.PROOF_WHOLE === '1' ? '60' : '6';

/** What the issue "Proof" asks of bad input and of the security review. The lines on images take an engine, and Debian's archive. */
export const securityLines: readonly Line[] = [
  {
    number: 'S1',
    what: `${FUZZ_MINUTES} minutes of bad input to every reader and every route, header, cookie, frame and control message, with a seed of today`,
    show: () => program('test/fuzz/main.ts', ['--minutes', FUZZ_MINUTES]),
  },
  {
    number: 'S2',
    what: 'ASVS 5.0.0 levels 1 and 2 and the probes of the reference: each row has its test, or is named as a gap; packages have reasons and licences',
    show: () => suite('unit', ['test/security']),
  },
  {
    number: 'S3',
    what: 'what is known against our packages',
    show: () => program('test/security/audit.ts'),
  },
  {
    number: 'S4',
    what: 'an SBOM of the sources and of each image',
    show: async () => {
      const parts = sourceBom().components.length;
      const images = await Promise.all(
        (await currentImages()).map(
          async ({ name }) => `${name} ${(await imageBom(name)).components.length}`,
        ),
      );
      return [`sources: ${parts} packages`, ...images].join('\n');
    },
  },
  {
    number: 'S5',
    what: 'images that we build: no setuid programs, no secrets, nothing that everybody may write, no tools of a build; Debian’s repairs that wait',
    show: async () => {
      const lines: string[] = [];
      for (const image of await currentImages()) {
        const faults = await imageFaults(image);
        if (faults.length > 0) throw new Error(`${image.name} ${faults.join('\n')}`);
        lines.push(
          `${image.name}: no fault, ${(await waitingRepairs(image.name)).length} repairs of Debian wait for a new base image`,
        );
      }
      return lines.join('\n');
    },
  },
];

let building: Promise<readonly OwnImage[]> | undefined;

/** Of this tree, not of last week's: built once for both lines. */
function currentImages(): Promise<readonly OwnImage[]> {
  building ??= buildOwnImages();
  return building;
}
