import { expect, test } from 'vitest';
import { alwaysNow, LiveSettings } from './live-settings.ts';
import { loadConfiguration } from './load-configuration.ts';

const load = (environment: Record<string, string>) => loadConfiguration({ environment });

function live(environment: Record<string, string>): LiveSettings {
  const loaded = load(environment);
  if ('faults' in loaded) throw new Error('the test’s own settings are wrong');
  return new LiveSettings(loaded.settings);
}

test('what may change while the hub runs is in force at once, the rest is told and waits', () => {
  const settings = live({ MEM_LIMIT: '1G' });
  const renewal = settings.renew(load({ MEM_LIMIT: '2G', CULL_TIMEOUT: '5', BASE_URL: '/jhub/' }));
  expect(renewal).toEqual({ kind: 'taken', changed: ['MEM_LIMIT', 'CULL_TIMEOUT'], waiting: ['BASE_URL'] });
  expect(settings.current).toMatchObject({ memory: 2 ** 31, cullTimeout: 5, baseUrl: '/' });
});

test('a bad configuration is refused as a whole, with its reasons, and the running one stays', () => {
  const settings = live({ MEM_LIMIT: '1G' });
  expect(settings.renew(load({ MEM_LIMIT: '2G', CULL_TIMEOUT: 'x' }))).toEqual({
    kind: 'refused',
    reasons: ['CULL_TIMEOUT should be a number from 1 to 31536000'],
  });
  expect(settings.current.memory).toBe(2 ** 30);
});

test('the same again changes nothing', () => {
  expect(live({}).renew(load({}))).toEqual({ kind: 'taken', changed: [], waiting: [] });
});

test('parts that were given their settings once see today’s', () => {
  const settings = live({ CULL_TIMEOUT: '5' });
  const given = alwaysNow(() => ({ timeout: settings.current.cullTimeout }));
  const spread = { part: given };
  settings.renew(load({ CULL_TIMEOUT: '6' }));
  expect(spread.part.timeout).toBe(6);
});
