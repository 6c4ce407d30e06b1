import { safeNext } from '../../../hub/src/domain/next-url.ts';
import { plainText, withLinks } from '../../../hub/src/domain/plain-text.ts';
import { Problem } from '../../../hub/src/domain/problem.ts';
import { cookieValues } from '../../../hub/src/http/cookies.ts';
import { wishedLanguage } from '../../../hub/src/http/language.ts';
import { readUpload } from '../../../hub/src/http/multipart.ts';
import { must, type ReaderTarget } from '../reader-target.ts';

const ORIGIN = 'https://hub.example';

const next: ReaderTarget = {
  name: 'next',
  seeds: [
    '/hub/home',
    'https://hub.example/hub/spawn?x=1#y',
    '/user/ana/lab/tree/a%20b',
    '/hub/..//evil.invalid',
  ],
  words: [
    '//',
    '/',
    '\\',
    '..',
    '%2e',
    '@',
    ':',
    '?',
    '#',
    '/hub/',
    'https://hub.example',
    'http:',
    '\t',
    '/./',
    '%5c',
    '%2f',
  ],
  read(input) {
    for (const baseUrl of ['/', '/jhub/']) {
      const found = safeNext(input, { baseUrl, publicOrigin: ORIGIN });
      if (found === null) continue;
      // As a browser at the hub reads it.
      const led = new URL(found, `${ORIGIN}/hub/login`);
      must(led.origin === ORIGIN, `leads to ${led.href}`);
      must(led.pathname.startsWith(baseUrl) && !led.pathname.startsWith('//'), `leads to ${led.pathname}`);
      must(!/[\r\n\0]/.test(found), 'would break a header');
    }
  },
};

const cookies: ReaderTarget = {
  name: 'cookies and languages',
  seeds: [
    'jupyterhub-hub-login=a; _xsrf="b"; berth-visitor=c',
    'de-AT,de;q=0.9,*;q=0.1',
    'a=b; '.repeat(150),
  ],
  words: ['jupyterhub-hub-login=', '_xsrf=', ';', '=', '"', ';q=', ',', '*', 'q=NaN', 'q=-1'],
  read(input) {
    must(cookieValues(input, '_xsrf').length <= 100, 'more cookies than a browser may send');
    must(typeof wishedLanguage(input).lang === 'string', 'a language is found');
  },
};

const texts: ReaderTarget = {
  name: 'texts of others',
  seeds: [
    '<p>Hello <b>all</b><br>see https://example.org/a(b).</p>',
    'http://a http://b) (https://c/(d)) &#39;&amp;',
  ],
  words: [
    '<',
    '>',
    '<p',
    '</p>',
    'https://',
    'http://(',
    '(',
    ')',
    '&#39;',
    '&quot;',
    '<a href="javascript:1">',
  ],
  read(input) {
    must(plainText(input).length <= input.length + 10, 'plain text grows');
    for (const { href } of withLinks(input))
      must(href === null || /^https?:\/\//.test(href), `${href} became a link`);
  },
};

const upload: ReaderTarget = {
  name: 'uploads',
  seeds: [
    '--B\r\nContent-Disposition: form-data; name="_xsrf"\r\n\r\nword\r\n--B\r\nContent-Disposition: form-data; name="file"; filename="a.tar"\r\n\r\nbytes\r\n--B--\r\n',
    '--B\r\nContent-Disposition: form-data; name="a"\r\n\r\n1\r\n--B--\r\n',
  ],
  words: [
    '--B',
    '--B--',
    '\r\n',
    '\r\n\r\n',
    'Content-Disposition: form-data;',
    'name="',
    'filename="',
    '"',
    ';',
  ],
  async read(input) {
    const bytes = Buffer.from(input);
    async function* body(): AsyncGenerator<Uint8Array> {
      for (let at = 0; at < bytes.length; at += 1000) yield bytes.subarray(at, at + 1000);
    }
    try {
      const { fields, file } = await readUpload(body(), 'B');
      let size = 0;
      for await (const piece of file ?? []) size += piece.length;
      must(size <= bytes.length && fields.size <= 70_000, 'an upload gave more than it holds');
    } catch (error) {
      if (!(error instanceof Problem && error.status < 500)) throw error;
    }
  },
};

export const REQUEST_READERS: readonly ReaderTarget[] = [next, cookies, texts, upload];
