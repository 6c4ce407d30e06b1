/** What a reader of the manual has in the place of the manual's examples. */
export interface Reader {
  /** What `git clone` is given. */
  readonly repository: string;
  /** The folder in which the reader cloned. */
  readonly project: string;
  /** Where backups go. */
  readonly backups: string;
  readonly port: number;
  /** Behind every name of a person: other hubs on the same engine have people, too. */
  readonly family: string;
}

const PEOPLE = /\b(ana|ben|bob|alice|kim)\b/g;
const STUDENT = /student(?=\d|%)/g;

/** The words of a page's block as this reader would type them. Only examples are replaced, never a command. */
export function asTypedBy(reader: Reader, text: string): string {
  return text
    .replaceAll('<this repository>', reader.repository)
    .replaceAll('<the version of before>', 'HEAD -- .')
    .replaceAll('/mnt/nas', reader.backups)
    .replaceAll('/opt/berth', reader.project)
    .replaceAll(/https:\/\/hub\.example(\.org)?(?=\/)/g, `http://127.0.0.1:${reader.port}`)
    .replaceAll(/(?<=http:\/\/(localhost|…)):8000/g, `:${reader.port}`)
    .replaceAll(/\bjupyterhub-data\b/g, 'berth-manual-data')
    .replaceAll(/\bberth:latest\b/g, 'berth-manual:latest')
    .replaceAll(PEOPLE, `$1${reader.family}`)
    .replaceAll(STUDENT, `${reader.family}student`);
}
