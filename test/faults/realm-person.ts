import { ContractBrowser, type Visit } from '../integration/contract-browser.ts';
import { ownAgent } from '../load/own-agent.ts';
import { wordsOf } from '../load/words-of-page.ts';
import { RealmVisitor } from '../support/realm-visitor.ts';
import type { FaultsLab } from './faults-lab.ts';

const ANSWER_MS = 40_000;
const BEGIN = '/hub/oauth_login?provider=generic-oauth&next=%2Fhub%2Fhome';

/** Somebody who signs in through the identity provider. */
export class RealmPerson {
  readonly #lab: FaultsLab;
  readonly #browser: ContractBrowser;

  constructor(lab: FaultsLab) {
    this.#lab = lab;
    this.#browser = new ContractBrowser(lab.url, lab.url, ownAgent(ANSWER_MS));
  }

  /** Signs in, as far as it goes. @throws Error unless status and words of the last page are as expected. */
  async comes(name: string, expected: RegExp): Promise<void> {
    const { provider } = this.#lab;
    provider.current = provider.add(name).sub;
    await this.#browser.visit('/hub/login?auto_login=0');
    const begun = await this.#browser.visit(BEGIN);
    said(begun.location === null ? begun : await this.#comeBack(begun.location), expected);
  }

  async #comeBack(location: string): Promise<Visit> {
    const { pathname, search } = await new RealmVisitor().follow(location);
    const way = await this.#browser.follow(`${pathname}${search}`);
    const last = way.at(-1);
    if (last === undefined) throw new Error('the provider leads nowhere');
    return last;
  }

  /** @throws Error when they are not signed in any more. */
  async isAtHome(): Promise<void> {
    said(await this.#browser.visit('/hub/home'), /^200 /);
  }
}

function said({ status, text }: Visit, expected: RegExp): void {
  const words = `${status} ${wordsOf(text)}`;
  if (!expected.test(words)) throw new Error(`who comes through the provider sees: ${words}`);
}
