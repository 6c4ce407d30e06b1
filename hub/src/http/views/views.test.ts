import { describe, expect, it } from 'vitest';
import { samples } from '../../../../test/look/samples.ts';
import { assetUrls } from '../pages/asset-files.ts';
import { ASSETS } from '../pages/shell.ts';

const pages = Object.entries(samples({ assets: assetUrls(ASSETS, '/') }));

const count = (html: string, pattern: RegExp) => [...html.matchAll(pattern)].length;

describe.each(pages)('%s', (_name, html) => {
  it('has one h1, one main, a title, a language and a way to skip', () => {
    expect(count(html, /<h1[ >]/g)).toBe(1);
    expect(count(html, /<main[ >]/g)).toBe(1);
    expect(html).toMatch(/^<!doctype html><html lang="en"/);
    expect(html).toMatch(/<title>[^<]+ · Berth<\/title>/);
    expect(html).toContain('<a class="skip" href="#content">');
  });

  it('carries the word in every form that changes something', () => {
    for (const [form] of html.matchAll(/<form[^>]*method="post".*?<\/form>/gs)) {
      expect(form).toContain('name="_xsrf" value="word-of-this-session"');
    }
  });

  it('needs no inline script or style, and no script to work', () => {
    const bare = html.replace(/="[^"]*"/g, '=""');
    expect(bare).not.toMatch(/<[^>]+\sstyle=/);
    expect(bare).not.toMatch(/<[^>]+\son[a-z]+=/i);
    expect(html).not.toContain('<style');
    expect(html).not.toContain('javascript:');
    for (const [script] of html.matchAll(/<script[^>]*>[^<]*/g)) {
      expect(script).toMatch(/^<script type="module" src="\/hub\/static\/[a-z]+\.[0-9a-f]{12}\.js">$/);
    }
    // Buttons outside a form would do nothing without a script; the one that may is hidden until then.
    const outside = html.replace(/<form.*?<\/form>/gs, '');
    for (const [button] of outside.matchAll(/<button[^>]*>/g)) expect(button).toMatch(/ hidden[ >]/);
  });

  it('names every field, and hides every drawing that says nothing by itself', () => {
    for (const [, id] of html.matchAll(
      /<(?:input(?![^>]*type="(?:hidden|checkbox)")|select|textarea)[^>]*\sid="([^"]+)"/g,
    )) {
      expect(html).toContain(`for="${id}"`);
    }
    const told = count(html, /<svg[^>]*role="img"[^>]*aria-label="[^"]+"/g);
    expect(count(html, /<svg/g)).toBe(count(html, /<svg[^>]*aria-hidden="true"/g) + told);
  });

  it('tells a password manager what each password is', () => {
    for (const [field] of html.matchAll(/<input[^>]*type="password"[^>]*>/g))
      expect(field).toMatch(/autocomplete="(?:current-password|new-password|one-time-code)"/);
  });

  it('uses each id once, and points to ids that exist', () => {
    const ids = [...html.matchAll(/\sid="([^"]+)"/g)].map((match) => match[1]);
    expect(new Set(ids).size).toBe(ids.length);
    for (const [, list = ''] of html.matchAll(/aria-(?:describedby|labelledby|controls)="([^"]+)"/g)) {
      for (const id of list.split(' ')) expect(ids).toContain(id);
    }
  });
});

it('whoever is signed in can sign out on each page', () => {
  const without = pages.filter(([, html]) => !/<header.*action="\/hub\/logout".*<\/header>/s.test(html));
  // Of people who are not signed in, and what the proxy says when there is no hub.
  const outside = /^(?:login|second-step|sign-up|signed-up|signed-out|setup|error-proxy)(?:-|$)/;
  expect(without.map(([name]) => name).filter((name) => !outside.test(name))).toEqual([]);
});

it('what comes from people, images and logs stays text', () => {
  const html = Object.fromEntries(pages).hostile ?? '';
  expect(html).toContain('&lt;img src=x onerror=alert(1)>');
  expect(html).not.toContain('<img');
  expect(html).not.toContain('<script>');
  // A quote inside an attribute would end it.
  expect(html).toContain('action="/hub/spawn/&quot;&lt;img');
});

it('every state has a word, an icon and a colour', () => {
  const html = pages.map(([, page]) => page).join('');
  for (const [badge] of html.matchAll(/<span class="state [^"]*">.*?<\/span>/gs)) {
    expect(badge).toMatch(
      /^<span class="state state-(?:good|busy|bad|quiet)"><svg.*<\/svg>[A-Z][A-Za-z ]+<\/span>$/s,
    );
  }
});

it('stopping and removing say what is lost before the button', () => {
  const all = Object.fromEntries(pages);
  for (const page of ['home-running', 'admin'] as const) {
    const html = all[page] ?? '';
    for (const [panel] of html.matchAll(/<div class="confirm-panel">.*?<\/div>/gs)) {
      expect(panel).toMatch(/What is only in memory is lost|signs in with the password alone/);
    }
    expect(count(html, /class="confirm-panel"/g)).toBe(count(html, /class="button danger"/g));
  }
  expect(all['remove-user']).toContain('They are signed out everywhere');
});
