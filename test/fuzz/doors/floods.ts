/** A body, and what it is said to be. */
export interface Sent {
  readonly type: string | null;
  readonly body: string | null;
}

const FORM = 'application/x-www-form-urlencoded';
const MANY = 5000;

/** Bodies that are much of something: fields, parts, depth, keys, escapes. All are shorter than what is refused by length. */
export function floods(xsrf: string): readonly Sent[] {
  const word = `_xsrf=${encodeURIComponent(xsrf)}`;
  const part = (name: string) => `--B\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n1\r\n`;
  const keys = Array.from({ length: MANY }, (_, at) => `"k${at}":${at}`);
  return [
    { type: FORM, body: `${word}${'&name=x'.repeat(MANY)}` },
    { type: FORM, body: `${word}&${Array.from({ length: MANY }, (_, at) => `f${at}=`).join('&')}` },
    { type: FORM, body: `${'&'.repeat(50_000)}${word}` },
    { type: FORM, body: `${word}&name=${'%f0%9f%92%a9'.repeat(4000)}` },
    { type: `${FORM}; charset=utf-7`, body: word },
    { type: 'multipart/form-data; boundary=B', body: `${part('_xsrf').repeat(900)}--B--\r\n` },
    { type: `multipart/form-data; boundary=${'B'.repeat(5000)}`, body: '--B' },
    { type: 'multipart/form-data', body: `${part('a')}--B--` },
    { type: 'application/json', body: '['.repeat(20_000) },
    { type: 'application/json', body: `${'[['.repeat(10_000)}${']]'.repeat(10_000)}` },
    { type: 'application/json', body: `{${keys.join(',')}}` },
    { type: 'application/json', body: `{"usernames":[${'"x",'.repeat(MANY)}"x"]}` },
    { type: 'application/json', body: `{"name":"${'\\u0000'.repeat(5000)}"}` },
    { type: 'application/json', body: `\ufeff{"name":1e${'9'.repeat(5000)}}` },
  ];
}
