/** An image that is on this machine. */
export interface ImageView {
  readonly id: string;
  /** Bytes, layers that others share included. */
  readonly size: number;
  readonly created: number | null;
  /** `repository@sha256:…` of each registry that it came from; none for one that was built here. */
  readonly digests: readonly string[];
}

/** Configuration of an image, as far as a copy of it needs it. Engines know more keys than these. */
export type ImageConfig = Readonly<Record<string, unknown>>;

/** What a container is made into an image with. */
export interface Snapshot {
  readonly containerId: string;
  /** `berth-environment:3f9c…`. */
  readonly reference: string;
  /** Who made it, from what, for the image's history. */
  readonly comment: string;
  readonly labels: Readonly<Record<string, string>>;
  /** Words that must not be found in what the image says of itself. */
  readonly secrets: readonly string[];
}

/** Images of the engine. Every call has a deadline, and throws only Problems of the catalogue. */
export interface Images {
  /** Null when it is not here. */
  inspect(reference: string): Promise<ImageView | null>;
  /** The digest that the registry has under this name now. @throws Problem SPAWN-101 … SPAWN-105. */
  remoteDigest(reference: string, signal: AbortSignal): Promise<string>;
  /** Bytes that a container has written outside of its volumes, and the layers of its image. */
  weigh(containerId: string): Promise<{ readonly written: number; readonly layers: number }>;
  /**
   * Makes an image of a container, which stands still meanwhile. The image has the configuration of the one that the
   * container was made from (command, entry point, user, variables), and nothing of the container's own.
   *
   * @throws Problem ENV-004 when a secret is left in it; it is removed then. SPAWN-110, SPAWN-150, SPAWN-199.
   */
  save(snapshot: Snapshot, signal: AbortSignal): Promise<ImageView>;
  /** What is gone already is no error. @throws Problem ENV-005 while a container needs it. */
  remove(reference: string): Promise<void>;
}
