/** Why a server gave no usable answer. */
export type UpstreamFailure = 'unreachable' | 'closed' | 'garbage' | 'timeout' | 'aborted';

/** The status a client gets for each. 503 for a server that is not there is configurable-http-proxy's answer. */
const STATUS_OF_FAILURE: Readonly<Record<UpstreamFailure, number>> = {
  unreachable: 503,
  closed: 503,
  garbage: 502,
  timeout: 504,
  aborted: 499,
};

export class UpstreamError extends Error {
  readonly failure: UpstreamFailure;

  constructor(failure: UpstreamFailure, message: string, cause?: unknown) {
    super(message, { cause });
    this.name = 'UpstreamError';
    this.failure = failure;
  }

  get status(): number {
    return STATUS_OF_FAILURE[this.failure];
  }
}
