import { request } from 'undici';
import { Visitor, type VisitorReply } from '../../support/visitor.ts';
import { openPasswordHouse, type PasswordHouse } from './password-house.ts';

/** Whoever tries the sign-in form of a house with two accounts, ana and kelvin, each time from another address. */
export class PasswordProbe {
  readonly house: PasswordHouse;
  /** The address that the proxy is told. */
  from = '';
  #count = 0;

  private constructor(house: PasswordHouse) {
    this.house = house;
  }

  static async open(settings: Readonly<Record<string, string>>): Promise<PasswordProbe> {
    const house = await openPasswordHouse(settings);
    await house.addAccount('ana');
    await house.addAccount('kelvin');
    return new PasswordProbe(house);
  }

  /** To another address, and a log without lines. */
  moveOn(): void {
    this.#count += 1;
    this.from = `198.51.${100 + (this.#count >> 8)}.${this.#count & 255}`;
    this.house.lines.length = 0;
  }

  /** Somebody who looks at the form. */
  async form(): Promise<Visitor> {
    const visitor = new Visitor(this.house.origin);
    await visitor.get('/hub/login');
    return visitor;
  }

  send(
    visitor: Visitor,
    fields: Readonly<Record<string, string>>,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<VisitorReply> {
    return visitor.post('/hub/login', fields, { 'x-forwarded-for': this.from, ...headers });
  }

  async isIn(visitor: Visitor): Promise<boolean> {
    return (await visitor.get('/hub/home')).status === 200;
  }

  /** A POST of any body, with the word and cookies of a visitor who looked at the form. */
  async raw(body: string | Buffer, headers: Readonly<Record<string, string>>, known?: Visitor) {
    const visitor = known ?? (await this.form());
    const cookie = [...visitor.jar].map(([name, { value }]) => `${name}=${value}`).join('; ');
    const xsrf = visitor.jar.get('_xsrf')?.value ?? '';
    const answer = await request(`${this.house.origin}/hub/login`, {
      method: 'POST',
      headers: { accept: 'text/html', cookie, 'x-xsrftoken': xsrf, 'x-forwarded-for': this.from, ...headers },
      body,
    });
    await answer.body.dump();
    return { status: answer.statusCode, headers: answer.headers };
  }
}
