import type { RequestHeadRules } from '../http/request-head.ts';
import type { LocationRules } from '../http/response-fields.ts';

/** How requests are forwarded. Times in milliseconds; 0 means without limit. */
export interface ForwardSettings extends RequestHeadRules, LocationRules {
  readonly hostRouting: boolean;
  /** Names that a Host header may have; empty: any. */
  readonly allowedHosts: ReadonlySet<string>;
  readonly includePrefix: boolean;
  readonly prependPath: boolean;
  readonly changeOrigin: boolean;
  /** A client's connection without a byte for this long is closed. */
  readonly timeout: number;
  /** A server that has not begun its answer for this long gets a 504. */
  readonly proxyTimeout: number;
}
