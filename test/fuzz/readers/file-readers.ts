import { ArchiveFault } from '../../../hub/src/adapters/archive/archive-fault.ts';
import { TarParser } from '../../../hub/src/adapters/archive/tar-parser.ts';
import { upgradeDocument } from '../../../hub/src/adapters/store/migrate.ts';
import { emptyDocument, SCHEMA_VERSION } from '../../../hub/src/adapters/store/schema.ts';
import { parseAccess } from '../../../hub/src/config/access-file.ts';
import { readHostConfig } from '../../../hub/src/config/host-config.ts';
import { readProfileList } from '../../../hub/src/config/profiles/profile-list.ts';
import { readSchedules } from '../../../hub/src/config/read-schedules.ts';
import { parseCron } from '../../../hub/src/domain/cron.ts';
import { isUsername } from '../../../hub/src/domain/user.ts';
import { readUserlist } from '../../../hub/src/domain/userlist.ts';
import { tarMember } from '../../support/tar-member.ts';
import { must, type ReaderTarget } from '../reader-target.ts';
import { SECRET } from './configuration-readers.ts';

const userlist: ReaderTarget = {
  name: 'userlist',
  seeds: ['ana admin\nben\n# nobody\n', '\uFEFFana\r\nben admin\r\n', '# only words\n', ''],
  words: [' admin', ' administrator', '\r\n', '#', 'İ', 'K', 'ａ', '__proto__'],
  read(input) {
    const { list, faults } = readUserlist(input);
    must(list !== null || faults.length > 0, 'a list that is refused says why');
    for (const name of list?.keys() ?? [])
      must(isUsername(name), `${JSON.stringify(name)} came in as a name`);
    // An administrator is made by one word only.
    const admins = [...(list ?? [])].filter(([, admin]) => admin);
    must(
      admins.length <= input.split(/\sadmin/).length - 1,
      'somebody became an administrator without the word',
    );
  },
};

/** What a reader that throws may throw: its own sentence, which begins with the file's name. */
function mustTell(read: () => unknown, file: string, secret: string | null): void {
  try {
    read();
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    if (!message.startsWith(file)) throw error;
    must(message.length < 2000, `a message of ${message.length} letters`);
    must(secret === null || !message.includes(secret), `a message tells a secret: ${message}`);
  }
}

const access: ReaderTarget = {
  name: 'access file',
  seeds: [
    `{"services": {"s": {"apiToken": "${SECRET}0000"}}}`,
    '{"loadRoles": {"r": {"scopes": ["list:users"], "services": ["s"]}}, "services": [{"name": "s", "admin": true}]}',
    `{"services": {"s": {"apiToken": "${SECRET}0000"},}}`,
  ],
  words: [
    '"loadRoles":',
    '"services":',
    '"__proto__":',
    '"name":',
    '"scopes":',
    '"url": "http://a"',
    ',',
    '}',
    '{',
  ],
  read: (input) => mustTell(() => parseAccess(input, 'access.json'), 'access.json', SECRET),
};

const store: ReaderTarget = {
  name: 'store file',
  seeds: [
    JSON.stringify(emptyDocument()),
    JSON.stringify({ ...emptyDocument(), schema: 1 }),
    JSON.stringify({
      ...emptyDocument(),
      users: [
        {
          name: 'ana',
          admin: false,
          groups: [],
          created: 1,
          lastActivity: null,
          identities: {},
          invited: true,
        },
      ],
      credentials: [{ user: 'ana', hash: SECRET }],
    }),
  ],
  words: [
    '"schema":',
    '"users":',
    '"servers":',
    '"tokens":',
    '"__proto__":',
    '"admin":true',
    String(SCHEMA_VERSION),
    '0',
    'null',
    ',',
  ],
  read: (input) => mustTell(() => upgradeDocument(input, 'berth.json'), 'berth.json', SECRET),
};

/** Lists and mappings of the configuration, as YAML or JSON gives them. */
const lists: ReaderTarget = {
  name: 'profiles, schedules, host configuration',
  seeds: [
    '[{"display_name": "Small", "default": true, "kubespawner_override": {"cpu_limit": 1, "mem_limit": "1G", "volume_mounts": [{"name": "v", "mountPath": "/x"}]}, "profile_options": {"image": {"choices": {"a": {"display_name": "A"}}}}}]',
    '[{"name": "class", "start": "45 7 * * mon-fri", "stop": "0 18 * * *", "timezone": "Europe/Berlin", "group": "class"}]',
    '{"runtime": "nvidia", "ulimits": [{"name": "nofile", "soft": 1, "hard": 2}], "shm_size": "1G", "dns": ["1.1.1.1"]}',
  ],
  words: [
    '"kubespawner_override":',
    '"allowed_groups":',
    '"cpu_limit":',
    '"environment":',
    '"extra_host_config":',
    '"*/0 * * * *"',
    '"devices":',
  ],
  read(input) {
    let value: unknown;
    try {
      value = JSON.parse(input);
    } catch {
      return;
    }
    const profiles = readProfileList(value, '');
    must(typeof profiles !== 'string' || profiles.length > 0, 'profiles that are refused say why');
    for (const { message } of readSchedules(value).faults) must(message.length > 0, 'a fault has words');
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
      const { config } = readHostConfig({ ...value });
      must(!('Privileged' in config) && !('Binds' in config), 'a host configuration opens the machine');
    }
  },
};

const cron: ReaderTarget = {
  name: 'cron patterns',
  seeds: ['45 7 * * mon-fri', '*/5 0-23/2 1,15 * 0', '0 0 31 2 *'],
  words: ['*/0', '-', ',', '/', 'sun', 'feb', '60', '*'],
  read(input) {
    const read = parseCron(input);
    must(typeof read !== 'string' || read.length > 0, 'a pattern that is refused says why');
  },
};

const tarOf = (name: string, content: string): string =>
  tarMember({ name, type: '0', content }).toString('latin1');

const tar: ReaderTarget = {
  name: 'backup archives',
  seeds: [
    tarOf('manifest.json', '{"format":1}') + '\0'.repeat(1024),
    tarOf('a'.repeat(99), 'x'.repeat(600)) + '\0'.repeat(1024),
  ],
  words: ['\0', '0'.repeat(11), '7'.repeat(11), '../', '/', 'ustar', 'x', 'L', '12 path=a\n'],
  read(input) {
    const bytes = Buffer.from(input, 'latin1');
    const parser = new TarParser();
    let given = 0;
    try {
      for (let at = 0; at < bytes.length; at += 700) {
        for (const event of parser.feed(bytes.subarray(at, at + 700)))
          if (event.kind === 'data') given += event.bytes.length;
      }
    } catch (error) {
      if (!(error instanceof ArchiveFault)) throw error;
    }
    must(given <= bytes.length, 'an archive gave more than it holds');
  },
};

export const FILE_READERS: readonly ReaderTarget[] = [userlist, access, store, lists, cron, tar];
