import type { TokenEndpointResponse } from 'openid-client';

const MOST = 10_000;

/**
 * Tokens that came in the place of others before the whole answer was there. A refresh token may be good once
 * only: when userdata fails after it was used, whoever asks again has the old one still, and would be sent to the
 * sign-in page for a failure that was none of theirs. In memory only, bounded, the oldest go first.
 */
export class SuccessorTokens {
  readonly #byOld = new Map<string, TokenEndpointResponse>();

  of(refreshToken: string): TokenEndpointResponse | undefined {
    return this.#byOld.get(refreshToken);
  }

  keep(refreshToken: string, tokens: TokenEndpointResponse): void {
    const oldest = this.#byOld.keys().next();
    if (this.#byOld.size >= MOST && oldest.done !== true) this.#byOld.delete(oldest.value);
    this.#byOld.set(refreshToken, tokens);
  }

  drop(refreshToken: string): void {
    this.#byOld.delete(refreshToken);
  }
}
