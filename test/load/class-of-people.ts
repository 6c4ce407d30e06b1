import { Dice } from '../soak/dice.ts';
import { arrivals, attend, type LecturePlan } from './lecture.ts';
import { Ledger } from './ledger.ts';
import { LAB, passwordOf, SMALL } from './load-stack.ts';
import { ownAgent } from './own-agent.ts';
import { Person } from './person.ts';
import { Tally } from './tally.ts';

/** Nobody waits longer for an answer of a page. */
const ANSWER_MS = 60_000;

export interface ClassOptions {
  readonly url: string;
  readonly people: number;
  /** So many of them choose the real JupyterLab. */
  readonly labs: number;
  readonly seed: number;
  readonly plan: LecturePlan;
  /** Before the numbers of their names. */
  readonly word: string;
}

/** A class in its lecture: people, what they did, and what was promised to them. */
export class ClassOfPeople {
  readonly tally = new Tally();
  readonly ledger = new Ledger();
  readonly people: readonly Person[];
  readonly #options: ClassOptions;
  readonly #agent = ownAgent(ANSWER_MS);
  readonly #over = new AbortController();

  constructor(options: ClassOptions) {
    this.#options = options;
    const { people, labs, word } = options;
    const every = labs === 0 ? people + 1 : people / labs;
    this.people = Array.from({ length: people }, (_, index) =>
      this.person(
        `${word}-${String(index + 1).padStart(3, '0')}`,
        Math.floor((index + 1) % every) === 0 ? LAB : SMALL,
      ),
    );
  }

  /** One more, who is on the same ledger and tally. */
  person(name: string, profile: string): Person {
    return new Person({
      url: this.#options.url,
      name,
      password: passwordOf(name),
      profile,
      tally: this.tally,
      ledger: this.ledger,
      dispatcher: this.#agent,
    });
  }

  /** Until the last one has left, or `end` was called. */
  async attend(): Promise<void> {
    const { seed, plan } = this.#options;
    const dice = new Dice(seed);
    const comes = arrivals(this.people.length, plan.arrive, dice);
    await Promise.all(
      this.people.map((person, index) =>
        attend(person, comes[index] ?? 0, plan, new Dice(seed * 1000 + index), this.#over.signal),
      ),
    );
  }

  /** Everybody leaves as soon as what they do is done. */
  end(): void {
    this.#over.abort();
  }

  async close(): Promise<void> {
    await this.#agent.destroy();
  }
}
