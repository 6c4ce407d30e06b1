import { request } from 'undici';

/**
 * A browser without a screen at the provider: follows its redirects with its cookies, signs in by itself
 * (the stand-in's `current`), and stops at the address that leads away from it.
 */
export class RealmVisitor {
  readonly #cookies = new Map<string, string>();

  /** @returns where the provider sends the browser back to. */
  async follow(address: string): Promise<URL> {
    const { origin } = new URL(address);
    let at = new URL(address);
    for (let step = 0; step < 12; step += 1) {
      const { location, text } = await this.send(at, null);
      if (location === null)
        throw new Error(`the provider shows a page at ${at.pathname}: ${text.slice(0, 200)}`);
      at = new URL(location, at);
      if (at.origin !== origin) return at;
    }
    throw new Error('the provider sends the browser round in circles');
  }

  async send(
    at: URL,
    form: Readonly<Record<string, string>> | null,
  ): Promise<{ status: number; location: string | null; text: string }> {
    const answer = await request(at, {
      method: form === null ? 'GET' : 'POST',
      headers: {
        cookie: [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; '),
        ...(form === null ? {} : { 'content-type': 'application/x-www-form-urlencoded' }),
      },
      body: form === null ? null : new URLSearchParams(form).toString(),
    });
    for (const line of [answer.headers['set-cookie'] ?? []].flat()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (value === '') this.#cookies.delete(name);
      else this.#cookies.set(name, value);
    }
    const { location } = answer.headers;
    return {
      status: answer.statusCode,
      location: typeof location === 'string' ? location : null,
      text: await answer.body.text(),
    };
  }
}
