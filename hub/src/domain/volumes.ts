/** A named volume of the engine. */
export interface VolumeView {
  readonly name: string;
  readonly driver: string;
  readonly labels: Readonly<Record<string, string>>;
  /** Milliseconds since the epoch, or null when the engine does not say. */
  readonly created: number | null;
}

/** Owner and mode of a volume's top folder. */
export interface FolderRights {
  readonly uid: number;
  readonly gid: number;
  readonly mode: number;
}

/** What of a disk limit the engine can hold: null, or its own words why not. */
export interface DiskLimits {
  readonly volumes: string | null;
  readonly layers: string | null;
}

/**
 * The engine's volumes. Files are read and written through a container that is made for it and never started: nothing of
 * an image runs. Every call has a deadline, and throws only Problems of the catalogue.
 */
export interface Volumes {
  list(): Promise<readonly VolumeView[]>;
  find(name: string): Promise<VolumeView | null>;
  /** Bytes by name, as the engine measures them: it walks through every file, so ask seldom. */
  sizes(signal: AbortSignal): Promise<ReadonlyMap<string, number>>;
  /** Names of the containers that have each volume mounted, running or not, whosever they are. */
  users(): Promise<ReadonlyMap<string, readonly string[]>>;
  /** `size`: bytes that it may hold, or null. One that exists stays as it is. @throws Problem STORAGE-002 */
  create(volume: {
    readonly name: string;
    readonly labels: Readonly<Record<string, string>>;
    readonly size: number | null;
  }): Promise<void>;
  /** What is gone already is no error. @throws Problem VOLUME-001 while a container has it. */
  remove(name: string): Promise<void>;
  /** Its files as a tar archive, rooted at `.`. Ends early when the reader leaves. */
  read(name: string, signal: AbortSignal): AsyncGenerator<Uint8Array>;
  /** Whether there is any file in it, and the rights of its top folder. */
  look(name: string): Promise<{ readonly empty: boolean; readonly top: FolderRights }>;
  /**
   * Puts the files of a tar archive (plain or gzip) into it.
   *
   * @returns the rights of `.` in the archive, or null when it does not say.
   * @throws Problem VOLUME-004 for what is no archive, or holds device files.
   */
  write(name: string, archive: AsyncIterable<Uint8Array>, signal: AbortSignal): Promise<FolderRights | null>;
  /** Sets owner and mode of its top folder. */
  grant(name: string, rights: FolderRights): Promise<void>;
  /** Tried on the engine with a volume and a container of its own, which are removed again. */
  limits(): Promise<DiskLimits>;
  /** Removes containers of {@link read} and {@link write} that a hub has left behind. */
  tidy(): Promise<void>;
}
