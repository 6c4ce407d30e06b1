import { describe, expect, it } from 'vitest';
import { isPersonal } from './activity.ts';

describe('isPersonal', () => {
  it.each([
    '/user/a/api/kernels',
    '/user/a/api/kernels/1',
    '/user/a/api/sessions',
    '/user/a/api/terminals',
    '/user/a/api/contents/x',
    '/user/a/api/status',
    '/user/a/api/metrics/v1',
    '/user/a/lab/api/settings',
  ])('a GET of %s is what an open page does by itself', (path) =>
    expect(isPersonal('GET', path, 'cors')).toBe(false),
  );
  it.each([
    ['PUT', '/user/a/api/contents/x', 'cors'],
    ['POST', '/user/a/api/kernels/1/interrupt', 'cors'],
    ['DELETE', '/user/a/api/sessions/1', 'cors'],
    ['GET', '/user/a/api/contents/x', 'navigate'],
    ['GET', '/user/a/lab', 'navigate'],
    ['GET', '/user/a/files/x.csv', undefined],
  ])('%s %s (%s) is a person’s doing', (method, path, mode) =>
    expect(isPersonal(method, path, mode)).toBe(true),
  );
});
