import { setTimeout as sleep } from 'node:timers/promises';
import { lost } from '../load/check-ledger.ts';
import type { ClassAtWork } from './class-at-work.ts';
import type { Fault } from './fault.ts';
import type { FaultsLab } from './faults-lab.ts';
import { DOORS, type Door } from './witness.ts';

/** What one fault, or several at once, did to people. */
export interface FaultRow {
  readonly names: readonly string[];
  readonly what: string;
  readonly mended: string;
  /** Seconds that it lasted. */
  readonly lasted: number;
  /** What was answered at each door when it was not well: code, how often, and the words; and for how many seconds. */
  readonly doors: Readonly<Record<Door, DoorRow>>;
  readonly newcomer: { readonly outcome: string; readonly words: string };
  readonly script: Readonly<Record<string, number>>;
  readonly scriptWords: readonly string[];
  /** Acts of the class that failed, by act and code. */
  readonly failed: Readonly<Record<string, number>>;
  readonly done: number;
  /** People whose WebSocket closed. */
  readonly cut: number;
  /** Seconds from its mending until everybody was at work again. */
  readonly healed: number;
  /** How many files, accounts and tokens were looked at. */
  readonly kept: number;
  readonly complaints: readonly string[];
}

interface DoorRow {
  readonly away: number;
  readonly codes: Readonly<Record<string, number>>;
  readonly words: readonly string[];
}

/**
 * Injects faults while a class works, mends them, waits until all is well, and looks for what was lost.
 *
 * @param faults one, or two at the same time: then only what must hold for all faults is asserted (nothing is lost, all
 * heals), since what people see is then of either.
 */
export async function playFault(
  lab: FaultsLab,
  work: ClassAtWork,
  faults: readonly Fault[],
): Promise<FaultRow> {
  const complaints: string[] = [];
  await work.settled();
  const [from, began] = [
    { ended: work.course.tally.ended.length, script: work.script.answers.length },
    Date.now(),
  ];
  const mending: (() => Promise<void>)[] = [];
  // Within a second or two of each other; the engine last, since the others are looked up with its help.
  const order = faults.toSorted(
    (one, other) => Number(one.takes === 'engine') - Number(other.takes === 'engine'),
  );
  for (const fault of order) mending.push(await fault.inject(lab));
  const coming = work.newcomer();
  const seconds = Math.max(...faults.map((fault) => fault.seconds));
  await sleep(Math.max(0, began + seconds * 1000 - Date.now()));
  for (const mend of mending.toReversed()) {
    await mend().catch((error: unknown) =>
      complaints.push(error instanceof Error ? error.message : String(error)),
    );
  }
  const mended = Date.now();
  const within = faults.reduce((sum, fault) => sum + fault.within, 0);
  const healed = await work.settled(within * 1000).catch(async (error: Error) => {
    complaints.push(error.message);
    return (await work.settled().catch(() => 0)) + within * 1000;
  });
  const newcomer = await coming;
  const next = await work.newcomer();
  if (next.outcome !== 'started') complaints.push(`the next one who came: ${next.outcome}: ${next.words}`);
  const ended = work.course.tally.ended.slice(from.ended).filter(({ who }) => who.startsWith('pupil'));
  const answers = work.script.answers.slice(from.script);
  const looks = work.witness.looks.filter(({ at }) => at >= began);
  const { ledger } = work.course;
  complaints.push(...(await lost(ledger, lab.url, work.token)));
  const row: FaultRow = {
    names: faults.map(({ name }) => name),
    what: faults.map(({ what }) => what).join('; and '),
    mended: faults.map((fault) => fault.mended).join('; '),
    lasted: (mended - began) / 1000,
    doors: perDoor((door) => doorRow(looks.filter((look) => look.door === door))),
    newcomer,
    script: countOf(answers.map(({ code }) => code)),
    scriptWords: [...new Set(answers.filter(({ code }) => code !== '201').map(({ words }) => words))].slice(
      0,
      3,
    ),
    failed: countOf(ended.filter(({ code }) => code !== null).map(({ act, code }) => `${act}: ${code}`)),
    done: ended.filter(({ code }) => code === null).length,
    cut: new Set(ended.filter(({ act }) => act === 'open the WebSocket').map(({ who }) => who)).size,
    healed: healed / 1000,
    kept: ledger.savers.length + ledger.accounts.length + ledger.tokens.length,
    complaints,
  };
  const [only] = faults;
  if (only !== undefined && faults.length === 1) complaints.push(...unexpected(row, only));
  return row;
}

function unexpected(row: FaultRow, { expects }: Fault): readonly string[] {
  const said: string[] = [];
  for (const door of DOORS) {
    for (const code of Object.keys(row.doors[door].codes)) {
      if (!expects.doors[door].test(code))
        said.push(`${door} was answered with ${code}: ${row.doors[door].words}`);
    }
  }
  if (expects.newcomer?.test(row.newcomer.outcome) === false) {
    said.push(`a newcomer: ${row.newcomer.outcome}: ${row.newcomer.words}`);
  }
  for (const code of Object.keys(row.script)) {
    if (code !== '201' && !expects.script.test(code))
      said.push(`the script was answered with ${code}: ${row.scriptWords}`);
  }
  const read = [...DOORS.flatMap((door) => row.doors[door].words), row.newcomer.words, ...row.scriptWords];
  if (expects.words !== undefined && !read.some((words) => expects.words?.test(words))) {
    said.push(`nobody was told ${expects.words}: ${read.join(' | ')}`);
  }
  if (expects.sockets === 'kept' && row.cut > 0) said.push(`${row.cut} people's WebSockets were closed`);
  if (expects.sockets === 'cut' && row.cut === 0)
    said.push('no WebSocket was closed: the fault did not happen');
  return said;
}

function doorRow(
  looks: readonly { readonly at: number; readonly code: string; readonly words: string }[],
): DoorRow {
  const ill = looks.filter(({ code }) => code !== '200');
  const away = ill.length === 0 ? 0 : ((ill.at(-1)?.at ?? 0) - (ill[0]?.at ?? 0)) / 1000;
  const words = new Set(ill.map((look) => look.words).filter((text) => text !== ''));
  return { away, codes: countOf(looks.map(({ code }) => code)), words: [...words].slice(0, 3) };
}

function perDoor<T>(of: (door: Door) => T): Readonly<Record<Door, T>> {
  return { 'sign-in page': of('sign-in page'), 'home page': of('home page'), notebook: of('notebook') };
}

function countOf(words: readonly string[]): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const word of words) counts[word] = (counts[word] ?? 0) + 1;
  return counts;
}
