import { expect, test } from 'vitest';
import { plainTokenFetch } from './plain-token-fetch.ts';

const TOKEN_URL = 'https://git.example/token';

async function answered(
  body: string,
  status = 200,
  url = TOKEN_URL,
): Promise<{ status: number; json: unknown }> {
  const through = plainTokenFetch(async () => new Response(body, { status }), TOKEN_URL);
  const answer = await through(url, {});
  const text = await answer.text();
  return { status: answer.status, json: text.startsWith('{') ? JSON.parse(text) : text };
}

test.each([
  ['JSON without a type', '{"access_token":"t"}', { access_token: 't', token_type: 'bearer' }],
  [
    'a form',
    'access_token=t&scope=a%2Cb&token_type=bearer',
    { access_token: 't', token_type: 'bearer', scope: 'a,b' },
  ],
  ['scopes as a list', '{"access_token":"t","scope":["a"]}', { access_token: 't', token_type: 'bearer' }],
  [
    'an identity token that nobody can check',
    '{"access_token":"t","token_type":"mac","id_token":"x.y.z"}',
    { access_token: 't', token_type: 'mac' },
  ],
])('%s is put right', async (_, body, json) => {
  expect(await answered(body)).toEqual({ status: 200, json });
});

test('an error with status 200, as JSON or as a form, is an error', async () => {
  for (const body of ['{"error":"bad_verification_code"}', 'error=bad_verification_code&error_uri=x']) {
    expect(await answered(body)).toMatchObject({ status: 400, json: { error: 'bad_verification_code' } });
  }
});

test.each([
  ['garbage', '<html>', 200, TOKEN_URL],
  ['half an answer', '[1', 200, TOKEN_URL],
  ['another status', 'access_token=t', 502, TOKEN_URL],
  ['another address', 'access_token=t', 200, 'https://git.example/me'],
])('%s is left as it is', async (_, body, status, url) => {
  expect(await answered(body, status, url)).toEqual({ status, json: body });
});
