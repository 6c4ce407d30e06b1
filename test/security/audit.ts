// `npm run audit`: what is known against our packages. Asks the registry for advisories, and says so when it has none to give.
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { z } from 'zod';
import { dependencyFaults } from './dependency-faults.ts';
import { FLOORS } from './dependency-reasons.ts';
import { lockedPackages } from './lock-file.ts';

const run = promisify(execFile);
const DEADLINE_MS = 60_000;

const advised = z.looseObject({
  vulnerabilities: z
    .record(z.string(), z.looseObject({ severity: z.string(), range: z.string() }))
    .optional(),
  message: z.string().optional(),
});

/** Faults and advisories, in sentences; `asked` says what the registry answered, `answered` whether it knew anything at all. */
export async function audit(): Promise<{
  readonly faults: readonly string[];
  readonly asked: string;
  readonly answered: boolean;
}> {
  const own = dependencyFaults();
  const { vulnerabilities, message } = advised.parse(JSON.parse(await askRegistry()));
  if (vulnerabilities === undefined)
    return {
      faults: own,
      asked: `the registry gives no advisories (${message ?? 'no reason'})`,
      answered: false,
    };
  const found = Object.entries(vulnerabilities).map(
    ([name, { severity, range }]) => `${name} ${range}: an advisory, ${severity}`,
  );
  return {
    faults: [...own, ...found],
    asked: `the registry knows ${found.length} advisories that concern us`,
    answered: true,
  };
}

/** Also for development packages: they run on the machines of whoever builds. */
async function askRegistry(): Promise<string> {
  try {
    const { stdout } = await run('npm', ['audit', '--json', '--loglevel=silent'], {
      timeout: DEADLINE_MS,
      maxBuffer: 2 ** 25,
    });
    return stdout;
  } catch (error) {
    // npm ends with 1 when there are advisories, and when nobody gives them: both say which on stdout.
    const told = z.looseObject({ stdout: z.string().min(2) }).safeParse(error);
    if (told.success) return told.data.stdout;
    throw error;
  }
}

if (import.meta.main) {
  const packages = lockedPackages();
  const { faults, asked, answered } = await audit();
  const licences = Map.groupBy(
    packages.filter(({ development }) => !development),
    ({ licence }) => licence,
  );
  console.log(
    `${packages.length} packages, ${packages.filter(({ development }) => !development).length} of them in the image`,
  );
  console.log(
    `licences in the image: ${[...licences].map(([name, all]) => `${name} ${all.length}`).join(', ')}`,
  );
  console.log(`versions known to be safe again: ${Object.keys(FLOORS).join(', ')}`);
  console.log(`advisories: ${asked}`);
  for (const fault of faults) console.log(`FAULT  ${fault}`);
  // Where nobody was there to ask, silence is no all-clear.
  const clear = answered ? 'nothing is known against them' : 'no fault that can be seen without advisories';
  console.log(faults.length === 0 ? clear : `${faults.length} faults`);
  process.exitCode = faults.length === 0 ? 0 : 1;
}
