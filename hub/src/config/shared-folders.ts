import { EVERYBODY, isForEachGroup, type SharedFolder } from '../domain/shared-folder.ts';
import { Reading } from './profiles/reading.ts';

const KEYS = new Set(['name', 'volume', 'hostPath', 'path', 'writers', 'readers']);
const HOME = '/home/jovyan/shared';

/**
 * Reads `singleuser.storage.shared`: a list of folders, or a mapping by name.
 *
 * @returns the first fault as a sentence when there is one.
 */
export function readSharedFolders(value: unknown): readonly SharedFolder[] | string {
  const reading = new Reading();
  const folders = reading
    .items(value, '')
    .map(({ at, key, value: one }) => readFolder(one, at, key, reading))
    .filter((folder) => folder !== undefined);
  for (const each of ['source', 'path'] as const) {
    const words = folders.map((folder) => folder[each]);
    const twice = words.find((word, index) => words.indexOf(word) !== index);
    if (twice !== undefined) reading.fault('', `names ${twice} twice`);
  }
  return reading.faults[0]?.trim() ?? folders;
}

function readFolder(
  value: unknown,
  at: string,
  key: string | null,
  reading: Reading,
): SharedFolder | undefined {
  const given = reading.mapping(value, at) ?? {};
  for (const word of Object.keys(given)) if (!KEYS.has(word)) reading.fault(`${at}.${word}`, 'is not known');
  const name = reading.text(given.name, `${at}.name`) ?? key ?? '';
  if (!/^(?:\{group\}|[A-Za-z0-9][A-Za-z0-9_. -]*)$/.test(name)) {
    return reading.fault(
      `${at}.name`,
      'should be a name such as course, or {group}: one folder for each group',
    );
  }
  const host = reading.text(given.hostPath, `${at}.hostPath`);
  const source = host ?? reading.text(given.volume, `${at}.volume`) ?? `berth-shared-${asVolume(name)}`;
  const path = reading.text(given.path, `${at}.path`) ?? `${HOME}/${name}`;
  const folder: SharedFolder = {
    name,
    type: host === undefined ? 'volume' : 'bind',
    source,
    path,
    writers: reading.texts(given.writers, `${at}.writers`) ?? [],
    readers: reading.texts(given.readers, `${at}.readers`) ?? [],
  };
  checkPlaces(folder, at, reading);
  return folder;
}

function checkPlaces(folder: SharedFolder, at: string, reading: Reading): void {
  const { type, source, path } = folder;
  if (type === 'volume' && !/^[A-Za-z0-9][A-Za-z0-9_.{}-]*$/.test(source)) {
    reading.fault(`${at}.volume`, 'should be the name of a volume');
  }
  for (const [place, word] of [
    ['path', path],
    ['hostPath', type === 'bind' ? source : '/'],
  ] as const) {
    if (!/^\/[^:]*$/.test(word) || word.split('/').some((step) => step === '..' || step === '.')) {
      reading.fault(`${at}.${place}`, 'should be a path that begins with /');
    }
  }
  if (isForEachGroup(folder) && !(source.includes('{group}') && path.includes('{group}'))) {
    reading.fault(at, 'should have {group} in its volume (or hostPath) and in its path, or in neither');
  }
  if (folder.writers.length + folder.readers.length === 0) {
    reading.fault(at, `should say who: writers and readers are names of groups, or ${EVERYBODY}`);
  }
}

function asVolume(name: string): string {
  return name.replace(/ /g, '-');
}
