import { expect, test } from 'vitest';
import type { LineLimits } from '../domain/start-line.ts';
import { type Claim, StartLine } from './start-line.ts';

const forever = new AbortController().signal;
const NOTHING: Claim = { memoryGuarantee: 0, cpuGuarantee: 0, gpus: 0 };
const limits = (more: Partial<LineLimits> = {}): LineLimits => ({
  starts: 2,
  servers: Number.POSITIVE_INFINITY,
  gpus: [],
  host: async () => ({ memory: 10, cpus: 4 }),
  ...more,
});

/** A line, and what each who came heard: places while waiting, `in` at last. */
function makeLine(more: Partial<LineLimits> = {}) {
  const line = new StartLine(limits(more));
  const heard: Record<string, (number | string)[]> = {};
  const come = async (
    key: string,
    claim: Partial<Claim> = {},
    { signal = forever, ticket = line.drawTicket() } = {},
  ) => {
    const own: (number | string)[] = [];
    heard[key] = own;
    const place = await line.enter(key, { ...NOTHING, ...claim }, ticket, signal, (n) => own.push(n));
    own.push('in');
    return place;
  };
  return { line, heard, come };
}
const turn = () => new Promise((resolve) => setImmediate(resolve));

test('so many start at once, the others in the order in which they came, and hear their place', async () => {
  const { come, heard, line } = makeLine();
  const [one, two] = [await come('one'), await come('two')];
  const [three, four] = [come('three'), come('four')];
  await turn();
  expect({ heard, waiting: line.waiting }).toEqual({
    heard: { one: ['in'], two: ['in'], three: [1], four: [2] },
    waiting: 2,
  });
  two.answered();
  two.answered();
  await three;
  expect(heard.four).toEqual([2, 1]);
  one.answered();
  await four;
  expect(heard.four).toEqual([2, 1, 'in']);
});

test('a server that has answered lets the next one start, and still counts among those that run', async () => {
  const { come, heard, line } = makeLine({ servers: 2 });
  (await come('one')).answered();
  (await come('two')).answered();
  const three = come('three');
  await turn();
  expect(heard.three).toEqual([1]);
  line.leave('one');
  await three;
  expect(heard.three).toEqual([1, 'in']);
});

test('who gives up while waiting leaves the line, and the others move up', async () => {
  const { come, heard } = makeLine({ starts: 1 });
  const one = await come('one');
  const tired = new AbortController();
  const two = come('two', {}, { signal: tired.signal });
  const three = come('three');
  await turn();
  tired.abort(new Error('cancelled'));
  await expect(two).rejects.toThrow('cancelled');
  await turn();
  expect(heard.three).toEqual([2, 1]);
  one.answered();
  await three;
});

test('who came first goes first, also when its image took longer', async () => {
  const { line, come, heard } = makeLine({ starts: 1 });
  const one = await come('one');
  const early = line.drawTicket();
  const late = come('late');
  await turn();
  const slow = come('slow', {}, { ticket: early });
  await turn();
  expect(heard).toMatchObject({ slow: [1], late: [1, 2] });
  one.answered();
  (await slow).answered();
  await late;
});

test('memory that is promised is there: who does not fit waits until somebody leaves', async () => {
  const { come, heard, line } = makeLine({ starts: 9 });
  await come('one', { memoryGuarantee: 6 });
  const two = come('two', { memoryGuarantee: 5 });
  await turn();
  expect(heard.two).toEqual([1]);
  line.leave('one');
  await two;
});

test('what the machine never has is said at once instead of waited for', async () => {
  const { come } = makeLine();
  await expect(come('one', { memoryGuarantee: 11 })).rejects.toMatchObject({ code: 'SPAWN-140' });
  await expect(come('two', { cpuGuarantee: 5 })).rejects.toMatchObject({ code: 'SPAWN-140' });
  await expect(come('three', { gpus: 1 })).rejects.toMatchObject({ code: 'SPAWN-140' });
});

test('a GPU is leased by its id until its server is gone, and waiting for one holds up nobody else', async () => {
  const { come, heard, line } = makeLine({ starts: 9, gpus: [{ id: 'GPU-a', shares: 1 }] });
  expect((await come('one', { gpus: 1 })).gpus).toEqual(['GPU-a']);
  const two = come('two', { gpus: 1 });
  await come('three');
  expect(heard.two).toEqual([1]);
  line.leave('one');
  expect((await two).gpus).toEqual(['GPU-a']);
});

test('what a former hub had let in still holds its room', async () => {
  const { come, heard, line } = makeLine({ starts: 9, gpus: [{ id: 'GPU-a', shares: 1 }] });
  line.hold('old', { memoryGuarantee: 6, cpuGuarantee: 0, gpus: ['GPU-a'] });
  const memory = come('memory', { memoryGuarantee: 5 });
  await turn();
  const gpu = come('gpu', { gpus: 1 });
  await turn();
  expect(heard).toEqual({ memory: [1], gpu: [2] });
  line.leave('old');
  await Promise.all([memory, gpu]);
});

test('a start of the same server takes the place of the one before', async () => {
  const { come, line } = makeLine({ starts: 9, servers: 1 });
  line.hold('one', { memoryGuarantee: 6, cpuGuarantee: 0, gpus: [] });
  expect((await come('one', { memoryGuarantee: 10 })).gpus).toEqual([]);
});

test('a line through which nobody gets is refused', () => {
  expect(() => new StartLine(limits({ starts: 0 }))).toThrow(RangeError);
  expect(() => new StartLine(limits({ starts: Number.NaN }))).toThrow(RangeError);
});
