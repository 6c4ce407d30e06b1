/** An archive that cannot be used; the message is the administrator's sentence. */
export class ArchiveFault extends Error {
  override readonly name = 'ArchiveFault';
}
