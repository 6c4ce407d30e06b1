import { afterEach, beforeEach, expect, test } from 'vitest';
import { openPagesHouse, type PagesHouse } from '../../../../test/support/pages-house.ts';
import { fail, fine } from '../../domain/probe.ts';

let house: PagesHouse;
let looks: number;

beforeEach(async () => {
  looks = 0;
  const look = () => {
    looks += 1;
    return fail('The disk <b>is full</b>.', 'Make room.');
  };
  const probes = [
    { code: 'HOST-01', deadline: 1000, look },
    { code: 'DOCK-01', deadline: 1000, look: () => fine('Engine 28.') },
  ] as const;
  house = await openPagesHouse({ probes });
  await house.addUser('mary', { admin: true });
  await house.addUser('ben');
});
afterEach(() => house.close());

test('an administrator sees what is wrong first, with what to do, as text', async () => {
  const { status, text } = await house.get('/hub/admin/health', 'mary');
  expect(status).toBe(200);
  expect(text).toContain('Failures: 1. Warnings: 0.');
  expect(text).toContain('The disk &lt;b>is full&lt;/b>.');
  expect(text.indexOf('HOST-01')).toBeLessThan(text.indexOf('DOCK-01'));
});

test('nobody else sees it, or has it looked at', async () => {
  expect((await house.get('/hub/admin/health', 'ben')).status).toBe(403);
  expect((await house.post('/hub/admin/health', 'ben')).status).toBe(403);
  expect((await house.get('/hub/admin/health')).status).toBe(302);
  expect(looks).toBe(0);
});

test('a reload shows the last look; the button looks again, and only with our own form', async () => {
  await house.get('/hub/admin/health', 'mary');
  await house.get('/hub/admin/health', 'mary');
  expect(looks).toBe(1);
  expect((await house.post('/hub/admin/health', 'mary', { _xsrf: 'wrong' })).status).toBe(403);
  expect(looks).toBe(1);
  const { status, location } = await house.post('/hub/admin/health', 'mary');
  expect([status, location]).toEqual([303, '/hub/admin/health']);
  expect(looks).toBe(2);
});
