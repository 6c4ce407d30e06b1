/** A program without Jupyter that somebody uses as their server: what a profile of `kind: web` says of it. */
export interface WebApplication {
  /** Where it listens in its container, on all addresses. */
  readonly port: number;
  /** Path that answers without an error once the program is ready; below the prefix unless that is stripped. */
  readonly healthPath: string;
  /** The proxy takes `/user/<name>/…` off before the program sees a request. */
  readonly stripPrefix: boolean;
  /** A header with a secret that only the proxy and the program know; null: neighbours on the network are let in. */
  readonly tokenHeader: TokenHeader | null;
}

export interface TokenHeader {
  /** The header that the proxy sets. */
  readonly name: string;
  /** The variable in which the container finds the secret. */
  readonly variable: string;
}
