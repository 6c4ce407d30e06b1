import { expect, it } from 'vitest';
import { en } from '../views/messages/en.ts';
import { ProgressLive } from '../views/part/progress-live.tsx';
import { renderPart } from '../views/render.ts';
import { presentSpawn } from './present-spawn.ts';
import { event } from './progress-stream.ts';

it('line ends inside the data begin no event of their own', () => {
  for (const end of ['\n', '\r', '\r\n']) {
    const text = event('view', `a${end}${end}event: go${end}data: //evil.com`);
    expect(text).toBe('event: view\ndata: a\ndata: \ndata: event: go\ndata: data: //evil.com\n\n');
  }
});

it('what an engine says in a step stays text, in one event', () => {
  const message = '<img src=x onerror=alert(1)>\n\nevent: go\ndata: //evil.com';
  const step = { at: 1, since: 1, state: 'pulling', percent: 10, message } as const;
  const live = presentSpawn(en, { state: 'pulling', started: 0 }, [step], 2);
  const text = event('view', renderPart(ProgressLive, live));
  expect(text).not.toContain('<img');
  expect(text.split('\n').filter((line) => line.startsWith('event:'))).toEqual(['event: view']);
  expect(
    text
      .split('\n')
      .slice(1, -2)
      .every((line) => line.startsWith('data: ')),
  ).toBe(true);
});
