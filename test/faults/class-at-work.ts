import { ClassOfPeople } from '../load/class-of-people.ts';
import { SMALL, TEACHER, teachersToken } from '../load/load-stack.ts';
import type { Person } from '../load/person.ts';
import type { FaultsLab } from './faults-lab.ts';
import { Script } from './script.ts';
import { Witness } from './witness.ts';

const SETTLED_MS = 180_000;
const DAY_MS = 86_400_000;

/** A class that works without an end, a witness and a script beside it: what faults are done to. */
export class ClassAtWork {
  readonly course: ClassOfPeople;
  readonly witness: Witness;
  readonly script: Script;
  readonly token: string;
  readonly #self: Person;
  readonly #working: Promise<void>;
  #newcomers = 0;

  private constructor(course: ClassOfPeople, witness: Witness, script: Script, token: string, self: Person) {
    this.course = course;
    this.witness = witness;
    this.script = script;
    this.token = token;
    this.#self = self;
    this.#working = course.attend();
    witness.begin();
    script.begin();
  }

  static async begin(lab: FaultsLab, people: number, seed: number): Promise<ClassAtWork> {
    const course = new ClassOfPeople({
      url: lab.url,
      people,
      labs: 0,
      seed,
      plan: { arrive: 5_000, length: DAY_MS, think: [500, 2_500] },
      word: 'pupil',
    });
    await course.person(TEACHER, SMALL).signIn();
    const token = await teachersToken(lab.stack);
    const self = course.person('witness', SMALL);
    await self.signIn();
    await self.startUnlessRunning();
    await self.open();
    const witness = new Witness(self, course.person('stranger', SMALL));
    return new ClassAtWork(course, witness, new Script(lab.url, token, course.ledger), token, self);
  }

  /** Whether everybody is at work: the doors are well, and all have a line to their kernel. */
  wellSince(moment: number): boolean {
    return this.witness.wellSince(moment) && this.course.people.every(({ connected }) => connected);
  }

  /** Until everybody is at work; the witness does what people do: signs in, presses Start, opens. Answers the milliseconds. */
  async settled(deadline = SETTLED_MS): Promise<number> {
    const began = Date.now();
    while (Date.now() - began < deadline) {
      if (this.wellSince(began)) return Date.now() - began;
      await this.#tryAgain().catch(() => {});
      await new Promise((later) => setTimeout(later, 1_000));
    }
    throw new Error(`not well after ${deadline / 1000} s: ${this.#ill(began).join('; ')}`);
  }

  /** Somebody new signs in and presses Start: `started`, or where it ended, with the code, and what they read. */
  async newcomer(): Promise<{ outcome: string; words: string }> {
    this.#newcomers += 1;
    const name = `newcomer-${this.#newcomers}`;
    const person = this.course.person(name, SMALL);
    const come = async () => {
      await person.signIn();
      await person.startUnlessRunning();
      await person.open();
    };
    return await come().then(
      () => ({ outcome: 'started', words: '' }),
      () => {
        const last = this.course.tally.ended.findLast(({ who }) => who === name);
        return { outcome: `${last?.act} ${last?.code}`, words: last?.words ?? '' };
      },
    );
  }

  async end(): Promise<void> {
    this.course.end();
    await this.witness.end();
    await this.script.end();
    await this.#working;
    await this.course.close();
  }

  async #tryAgain(): Promise<void> {
    if (!(await this.#self.isIn())) await this.#self.signIn();
    await this.#self.startUnlessRunning();
    await this.#self.open();
  }

  #ill(since: number): readonly string[] {
    const away = this.course.people.filter(({ connected }) => !connected).map(({ name }) => name);
    const last = this.witness.looks.slice(-6).map(({ door, code, words }) => `${door} ${code} ${words}`);
    const failed = this.course.tally.ended
      .filter(({ at, code }) => at > since && code !== null)
      .slice(-5)
      .map(({ who, act, code, words }) => `${who}: ${act} ${code} ${words}`);
    return [`without a kernel: ${away.join(' ') || 'nobody'}`, ...last, ...failed];
  }
}
