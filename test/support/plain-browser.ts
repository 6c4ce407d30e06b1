import { request } from 'undici';

/** A form as it stands in a page, filled as a browser without scripts would send it untouched. */
export interface PlainForm {
  readonly method: string;
  readonly action: string;
  readonly fields: readonly (readonly [string, string])[];
  /** Names of fields that must not be empty and are. */
  readonly empty: readonly string[];
}

/** All forms of a page. Enough of HTML for pages of ours, which write attributes in quotes. */
export function formsOf(html: string): readonly PlainForm[] {
  return [...html.matchAll(/<form\b((?:"[^"]*"|[^>"])*)>(.*?)<\/form>/gs)].map(([, head = '', body = '']) => {
    const fields: [string, string][] = [];
    const empty: string[] = [];
    const add = (attributes: string, value: string): void => {
      const name = attribute(attributes, 'name');
      if (name === null || /\sdisabled\b/.test(attributes)) return;
      fields.push([name, value]);
      if (value === '' && /\srequired\b/.test(attributes)) empty.push(name);
    };
    for (const [, attributes = ''] of body.matchAll(/<input\b((?:"[^"]*"|[^>"])*)>/g)) {
      const kind = attribute(attributes, 'type') ?? 'text';
      if ((kind === 'radio' || kind === 'checkbox') && !/\schecked\b/.test(attributes)) continue;
      add(attributes, attribute(attributes, 'value') ?? (kind === 'checkbox' ? 'on' : ''));
    }
    for (const [, attributes = '', text = ''] of body.matchAll(/<textarea\b([^>]*)>(.*?)<\/textarea>/gs)) {
      add(attributes, unescaped(text));
    }
    for (const [, attributes = '', options = ''] of body.matchAll(/<select\b([^>]*)>(.*?)<\/select>/gs)) {
      const chosen = /<option\b([^>]*\sselected\b[^>]*)>/.exec(options) ?? /<option\b([^>]*)>/.exec(options);
      add(attributes, attribute(chosen?.[1] ?? '', 'value') ?? '');
    }
    // Which of several buttons: the first that says something.
    const button = [...body.matchAll(/<button\b((?:"[^"]*"|[^>"])*)>/g)].find(
      ([, a = '']) => attribute(a, 'name') !== null,
    );
    if (button !== undefined) add(button[1] ?? '', attribute(button[1] ?? '', 'value') ?? '');
    return {
      method: (attribute(head, 'method') ?? 'get').toUpperCase(),
      action: attribute(head, 'action') ?? '',
      fields,
      empty,
    };
  });
}

/** Sends a form, with the cookies of whoever saw it; `typed` is what they wrote. */
export async function sendForm(
  origin: string,
  form: PlainForm,
  cookie: string,
  typed: Readonly<Record<string, string>> = {},
): Promise<{ readonly status: number; readonly location: string; readonly text: string }> {
  const body = new URLSearchParams(form.fields.map(([name, value]) => [name, typed[name] ?? value]));
  const get = form.method === 'GET';
  const answer = await request(`${origin}${form.action}${get ? `?${body}` : ''}`, {
    method: get ? 'GET' : 'POST',
    headers: {
      accept: 'text/html',
      cookie,
      ...(get ? {} : { 'content-type': 'application/x-www-form-urlencoded' }),
    },
    ...(get ? {} : { body: body.toString() }),
  });
  const { location } = answer.headers;
  return {
    status: answer.statusCode,
    location: typeof location === 'string' ? location : '',
    text: await answer.body.text(),
  };
}

function attribute(attributes: string, name: string): string | null {
  const found = new RegExp(`\\s${name}="([^"]*)"`).exec(` ${attributes}`);
  return found === null ? null : unescaped(found[1] ?? '');
}

function unescaped(text: string): string {
  return text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&');
}
