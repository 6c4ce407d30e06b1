import type { ManualHouse } from './manual-house.ts';

type Act = (house: ManualHouse, said: string) => Promise<void>;

/** What a page tells its reader to do elsewhere than in the shell, and what it takes for granted. */
export interface Scene {
  /** Before the page's first block: what is there when somebody comes to this page. */
  readonly before?: (house: ManualHouse) => Promise<void>;
  /** After the block in which these words stand: mouse and keyboard, and whether it has come true. */
  readonly afterwards?: Readonly<Record<string, Act>>;
  /** Blocks in which these words stand are run by an act of their own: inside a server, for instance. */
  readonly instead?: Readonly<Record<string, (house: ManualHouse, text: string) => Promise<string>>>;
  /** What this page has left behind and the next one would stumble over. */
  readonly after?: (house: ManualHouse) => Promise<void>;
}
