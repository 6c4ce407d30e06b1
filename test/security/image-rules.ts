import { z } from 'zod';
import type { Kind, OwnImage } from './images.ts';
import { inImage, output } from './shell-run.ts';

/** Something that an image should not be; `kinds`: where it counts. */
interface Rule {
  readonly what: string;
  readonly kinds: readonly Kind[];
  /** Answers what it found, a line each; empty: the rule holds. */
  readonly look: (image: string) => Promise<string>;
}

const ALL: readonly Kind[] = ['appliance', 'notebook'];
const inspected = z.tuple([
  z.looseObject({ Config: z.looseObject({ User: z.string(), Env: z.array(z.string()).nullish() }) }),
]);

async function configOf(image: string) {
  return inspected.parse(JSON.parse(await output('docker', 'image', 'inspect', image)))[0].Config;
}

/** What a key, a token or a password looks like where somebody forgot it. */
const SECRET =
  /-----BEGIN [A-Z ]*PRIVATE KEY|\bgh[pousr]_[A-Za-z0-9]{30,}|(?:client_secret|password|passwd|api_?key|auth_?token|_authToken)["']?\s*[=:]\s*["']?[A-Za-z0-9+/_-]{12,}/i;

export const IMAGE_RULES: readonly Rule[] = [
  {
    what: 'runs as root',
    kinds: ['appliance'],
    look: async (image) => {
      const { User: user } = await configOf(image);
      return /^[1-9]\d*(?::\d+)?$/.test(user) || THEIR_USER.test(image)
        ? ''
        : `its user is ${user || 'root'}`;
    },
  },
  {
    // A notebook's container has no-new-privileges: there they are files like any.
    what: 'has programs that run as somebody else (setuid, setgid)',
    kinds: ['appliance'],
    look: (image) => inImage(image, 'find / -xdev -type f -perm /6000 2>/dev/null'),
  },
  {
    what: 'has files that everybody may change',
    kinds: ALL,
    look: (image) =>
      inImage(image, 'find / -xdev -type f -perm -0002 -not -path "/proc/*" 2>/dev/null | head -20'),
  },
  {
    what: 'has folders in which everybody may remove what is others’',
    kinds: ALL,
    look: (image) =>
      inImage(
        image,
        'find / -xdev -type d -perm -0002 -not -perm -1000 -not -path "/proc/*" 2>/dev/null | head -20',
      ),
  },
  {
    what: 'has a secret in its environment or its history',
    kinds: ALL,
    look: async (image) => {
      const { Env: environment } = await configOf(image);
      const history = await output('docker', 'history', '--no-trunc', '--format', '{{.CreatedBy}}', image);
      return [...(environment ?? []), ...history.split('\n')]
        .filter((line) => SECRET.test(line))
        .map((line) => line.slice(0, 120))
        .join('\n');
    },
  },
  {
    what: 'has keys, histories or settings of whoever built it',
    kinds: ALL,
    look: (image) =>
      inImage(
        image,
        `find / -xdev -type f \\( -name '.npmrc' -o -name '.netrc' -o -name '.git-credentials' -o -name 'id_rsa' -o -name 'id_ed25519' -o -name '.bash_history' -o -name 'oauth.env' -o -name '.env' -o -name 'npmrc' -o -name 'extra-ca.crt' \\) -not -path '/proc/*' -not -path '*/node_modules/*' -size +0 2>/dev/null; find / -xdev -type d -name .git 2>/dev/null; find /opt/berth /data /root /home -xdev -type f \\( -name '*.key' -o -name '*.pem' \\) 2>/dev/null; true`,
      ),
  },
  {
    what: 'has what only builds or tests need',
    kinds: ['appliance'],
    look: (image) =>
      inImage(
        image,
        `for program in npm npx gcc cc make git; do command -v "$program"; done; find / -xdev -path '*/opt/berth/*' -name '*.test.js' 2>/dev/null; ls -d /opt/berth/node_modules/typescript /opt/berth/node_modules/vitest 2>/dev/null; true`,
      ),
  },
  {
    what: 'is world to write below /opt/berth for the user that it runs as',
    kinds: ['appliance'],
    look: (image) =>
      inImage(image, 'find /opt/berth -xdev -writable 2>/dev/null | head -5; true', { user: '1000:1000' }),
  },
];

/** Their services say the user in the compose file, or drop to one by themselves. */
const THEIR_USER = /-(?:acme|nginx|apache)\b/;

/** What is wrong with an image, a sentence and what was found. */
export async function imageFaults({ name, kind }: OwnImage): Promise<readonly string[]> {
  const faults: string[] = [];
  for (const rule of IMAGE_RULES.filter(({ kinds }) => kinds.includes(kind))) {
    const found = (await rule.look(name)).trim();
    if (found !== '') faults.push(`${rule.what}:\n    ${found.replaceAll('\n', '\n    ')}`);
  }
  return faults;
}
