import { OWN_PAGE_POLICY, plainPage, RETRY_SECONDS } from '../pages/own-page.ts';
import type { PortSettings } from './read-port-settings.ts';

interface Words {
  readonly heading: (port: number) => string;
  readonly whose: (owner: string, server: string) => string;
  readonly advice: (port: number) => string;
  readonly again: string;
}

/** The forwarder knows no hub to ask for words: it has these few itself, in the languages of the pages. */
const WORDS: Readonly<Record<string, Words>> = {
  en: {
    heading: (port) => `Nothing answers on port ${port} yet`,
    whose: (owner, server) =>
      server === '' ? `This is the server of ${owner}.` : `This is the server ${server} of ${owner}.`,
    advice: (port) =>
      `Start your program there, listening on port ${port}; 127.0.0.1 is enough. If it runs, it may listen on another port.`,
    again: `This page tries again by itself every ${RETRY_SECONDS} seconds.`,
  },
  de: {
    heading: (port) => `Auf Port ${port} antwortet noch nichts`,
    whose: (owner, server) =>
      server === '' ? `Dies ist der Server von ${owner}.` : `Dies ist der Server ${server} von ${owner}.`,
    advice: (port) =>
      `Starten Sie dort Ihr Programm, sodass es auf Port ${port} hört; 127.0.0.1 genügt. Läuft es schon, hört es vielleicht auf einem anderen Port.`,
    again: `Diese Seite versucht es von selbst alle ${RETRY_SECONDS} Sekunden wieder.`,
  },
  ko: {
    heading: (port) => `포트 ${port}에서 아직 응답이 없습니다`,
    whose: (owner, server) =>
      server === '' ? `${owner} 님의 서버입니다.` : `${owner} 님의 서버 ${server}입니다.`,
    advice: (port) =>
      `그 서버에서 포트 ${port}을(를) 여는 프로그램을 시작하세요. 127.0.0.1이면 됩니다. 이미 실행 중이라면 다른 포트를 쓰고 있을 수 있습니다.`,
    again: `이 페이지는 ${RETRY_SECONDS}초마다 스스로 다시 시도합니다.`,
  },
};

/** The page for a port on which no program listens, and the policy under which it is shown. */
export function nobodyListens(
  port: number,
  { owner, server }: Pick<PortSettings, 'owner' | 'server'>,
  asked: { readonly languages: string | undefined; readonly reloads: boolean },
): { readonly page: string; readonly policy: string } {
  const lang = languageOf(asked.languages);
  const words = WORDS[lang] ?? (WORDS.en as Words);
  const page = plainPage({
    lang,
    title: words.heading(port),
    heading: words.heading(port),
    paragraphs: [words.advice(port), ...(asked.reloads ? [words.again] : [])],
    last: [`<span>${escaped(words.whose(owner, server))}</span>`, '<span>503 Service Unavailable</span>'],
    reloads: asked.reloads,
  });
  return { page, policy: OWN_PAGE_POLICY };
}

/** The first language of `Accept-Language` that has words here, in the order it was written in. */
function languageOf(header: string | undefined): string {
  const wanted = (header ?? '')
    .split(',')
    .map((part) => (part.trim().split(/[-;]/, 1)[0] ?? '').toLowerCase());
  return wanted.find((lang) => Object.hasOwn(WORDS, lang)) ?? 'en';
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
