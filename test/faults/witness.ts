import { setTimeout as sleep } from 'node:timers/promises';
import type { Person } from '../load/person.ts';
import { codeOf } from '../load/tally.ts';
import { wordsOf } from '../load/words-of-page.ts';

/** What people come to; each is looked at again and again. */
export const DOORS = ['sign-in page', 'home page', 'notebook'] as const;
export type Door = (typeof DOORS)[number];

const EVERY_MS = 400;
const WELL = { code: '200', words: '' };

export interface Look {
  readonly door: Door;
  readonly at: number;
  /** The status, or why there was none. `200` is well. */
  readonly code: string;
  /** What stands there for a person to read, when it is not well. */
  readonly words: string;
}

/** One who is signed in and whose server runs, and a stranger, who look at the doors all the time. */
export class Witness {
  readonly looks: Look[] = [];
  readonly #person: Person;
  readonly #stranger: Person;
  readonly #over = new AbortController();
  #work: Promise<unknown> = Promise.resolve();

  constructor(person: Person, stranger: Person) {
    this.#person = person;
    this.#stranger = stranger;
  }

  begin(): void {
    const paths: Readonly<Record<Door, readonly [Person, string]>> = {
      'sign-in page': [this.#stranger, '/hub/login'],
      'home page': [this.#person, '/hub/home'],
      notebook: [this.#person, `/user/${this.#person.name}/lab`],
    };
    this.#work = Promise.all(DOORS.map((door) => this.#watch(door, ...paths[door])));
  }

  async end(): Promise<void> {
    this.#over.abort();
    await this.#work;
  }

  /** Whether the last three looks at each door were well, and none of them is older than the moment. */
  wellSince(moment: number): boolean {
    return DOORS.every((door) => {
      const last = this.looks.filter((look) => look.door === door).slice(-3);
      return last.length === 3 && last.every(({ at, code }) => at > moment && code === '200');
    });
  }

  async #watch(door: Door, who: Person, path: string): Promise<void> {
    while (!this.#over.signal.aborted) {
      const look = await who.see(path).then(
        ({ status, text, path: ended }) => {
          if (status !== 200) {
            return { code: String(status), words: `${ended === path ? '' : `(${ended}) `}${wordsOf(text)}` };
          }
          // Whoever is led to the sign-in page is not at home.
          return ended.startsWith(path)
            ? WELL
            : { code: `200 at ${ended.split('?')[0]}`, words: wordsOf(text) };
        },
        (error: unknown) => ({ code: codeOf(error), words: '' }),
      );
      this.looks.push({ door, at: Date.now(), ...look });
      await sleep(EVERY_MS);
    }
  }
}
