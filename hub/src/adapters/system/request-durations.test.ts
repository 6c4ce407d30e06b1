import { Histogram, Registry } from 'prom-client';
import { expect, test } from 'vitest';
import { RequestDurations } from './request-durations.ts';

const TAKEN = [
  { method: 'GET', handler: '/users/:name', code: 200, seconds: 0.004 },
  { method: 'GET', handler: '/users/:name', code: 200, seconds: 0.005 },
  { method: 'GET', handler: '/users/:name', code: 404, seconds: 0.2 },
  { method: 'POST', handler: 'a "quoted" one \\ two\nlines', code: 201, seconds: 60 },
];

test('what is told is what prom-client would tell, line for line', async () => {
  const registry = new Registry();
  const theirs = new Histogram({
    name: 'jupyterhub_request_duration_seconds',
    help: 'Request duration for all HTTP requests',
    labelNames: ['method', 'handler', 'code'],
    registers: [registry],
  });
  const ours = new RequestDurations();
  for (const one of TAKEN) {
    const { seconds, ...labels } = one;
    theirs.observe(labels, seconds);
    ours.observe(one);
  }
  expect(ours.text()).toBe(await registry.metrics());
});
