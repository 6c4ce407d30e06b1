import { expect, test } from 'vitest';
import { securityHeaders } from './security-headers.ts';

async function headersOf(publicOrigin: string): Promise<Record<string, string>> {
  let headers: Record<string, string> = {};
  const context = { set: (all: Record<string, string>) => (headers = all) };
  await securityHeaders(() => ['https://sso.example'], publicOrigin)(context as never, async () => {});
  return headers;
}

test('every page forbids what it does not need', async () => {
  const headers = await headersOf('');
  expect(headers).toMatchObject({ 'X-Content-Type-Options': 'nosniff', 'Referrer-Policy': 'same-origin' });
  const policy = headers['Content-Security-Policy']?.split('; ');
  expect(policy).toEqual(
    expect.arrayContaining([
      "default-src 'none'",
      "frame-ancestors 'none'",
      "form-action 'self' https://sso.example",
    ]),
  );
  expect(headers['Content-Security-Policy']).not.toContain('unsafe');
});

test('a hub whose address is https says so for a year, and another does not', async () => {
  expect(await headersOf('https://hub.example')).toMatchObject({
    'Strict-Transport-Security': 'max-age=31536000',
  });
  for (const plain of ['', 'http://hub.example']) {
    expect(await headersOf(plain)).not.toHaveProperty('Strict-Transport-Security');
  }
});
