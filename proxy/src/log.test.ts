import { expect, it } from 'vitest';
import { makeLog } from './log.ts';

it('a line has the shape of the hub’s: level as a word, ISO time, neither process id nor host name', () => {
  const lines: string[] = [];
  const log = makeLog('info', { write: (line) => void lines.push(line) });
  log.warn({ route: '/user/ana' }, 'no answer from the server');
  log.debug('never written');
  expect(lines).toHaveLength(1);
  expect(JSON.parse(lines[0] ?? '')).toEqual({
    level: 'warn',
    time: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
    route: '/user/ana',
    msg: 'no answer from the server',
  });
});
