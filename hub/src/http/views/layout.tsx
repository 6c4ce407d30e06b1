import type { ComponentChildren } from 'preact';
import type { Messages } from './messages/en.ts';
import { LANGUAGES } from './messages/languages.ts';
import { AnnouncementList } from './part/announcements.tsx';
import { Mark } from './part/logo.tsx';
import { Xsrf } from './part/xsrf.tsx';
import type { Shell } from './props.ts';

interface LayoutProps {
  readonly shell: Shell;
  readonly title: string;
  /** `narrow`: one centred card; `wide`: lists; `full`: lists of many columns. */
  readonly width?: 'narrow' | 'normal' | 'wide' | 'full';
  readonly current?: 'home' | 'tokens' | 'sessions' | 'admin' | 'account';
  /** Plain names of scripts beside the one that every page has. */
  readonly scripts?: readonly string[];
  /** Seconds until a page without scripts asks again. */
  readonly refresh?: number | null;
  readonly children: ComponentChildren;
}

/** How the language writes spans, for those that the browser keeps going: 1 stands for what is counted, 2 for minutes. */
function spans({ units }: Messages): string {
  return [units.seconds(1), units.minutes(1), units.hours(1, 0), units.hours(1, 2)].join('|');
}

/** Head, header with navigation, main, footer: the same on every page. */
export function Layout(props: LayoutProps) {
  const { shell, title, width = 'normal', scripts = [], refresh = null } = props;
  const { t, assets } = shell;
  return (
    <html lang={t.lang} data-theme={shell.theme} data-now={String(shell.now)} data-spans={spans(t)}>
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content={shell.theme === 'system' ? 'light dark' : shell.theme} />
        <meta name="referrer" content="same-origin" />
        <title>{`${title} · ${t.product}`}</title>
        <link rel="icon" href={assets['favicon.svg']} type="image/svg+xml" />
        <link rel="stylesheet" href={assets['berth.css']} />
        {refresh === null ? null : (
          <noscript>
            <meta http-equiv="refresh" content={String(refresh)} />
          </noscript>
        )}
        {['page.js', ...scripts].map((name) => (
          <script key={name} type="module" src={assets[name]} />
        ))}
      </head>
      <body>
        <a class="skip" href="#content">
          {t.shell.skip}
        </a>
        <Header shell={shell} current={props.current} />
        {shell.unsafe ? (
          <aside class="trial" aria-label={t.shell.trialTitle}>
            {t.shell.trial}
          </aside>
        ) : null}
        <AnnouncementList shell={shell} />
        <main id="content" class={`main main-${width}`} tabIndex={-1}>
          {props.children}
        </main>
        {shell.xsrf === '' ? <footer class="footer" /> : <Footer shell={shell} />}
      </body>
    </html>
  );
}

function Header({ shell, current }: { shell: Shell; current: LayoutProps['current'] }) {
  const { t, person } = shell;
  return (
    <header class="header">
      <a class="brand" href={`${shell.baseUrl}hub/home`}>
        <Mark size={26} />
        <span>{t.product}</span>
      </a>
      {person === null ? null : (
        <>
          <nav class="nav" aria-label={t.shell.menu}>
            <NavLink href={`${shell.baseUrl}hub/home`} here={current === 'home'} label={t.shell.home} />
            <NavLink href={`${shell.baseUrl}hub/token`} here={current === 'tokens'} label={t.shell.tokens} />
            <NavLink
              href={`${shell.baseUrl}hub/sessions`}
              here={current === 'sessions'}
              label={t.shell.sessions}
            />
            {shell.account ? (
              <NavLink
                href={`${shell.baseUrl}hub/account`}
                here={current === 'account'}
                label={t.shell.account}
              />
            ) : null}
            {person.admin ? (
              <NavLink href={`${shell.baseUrl}hub/admin`} here={current === 'admin'} label={t.shell.admin} />
            ) : null}
          </nav>
          <form class="who" method="post" action={`${shell.baseUrl}hub/logout`}>
            <Xsrf word={shell.xsrf} />
            <span class="who-name" title={t.shell.signedInAs(person.name)}>
              <span class="visually-hidden">{t.shell.signedInAs(person.name)}</span>
              <bdi aria-hidden="true">{person.name}</bdi>
            </span>
            <button class="link" type="submit">
              {t.shell.signOut}
            </button>
          </form>
        </>
      )}
    </header>
  );
}

function NavLink({ href, here, label }: { href: string; here: boolean; label: string }) {
  return (
    <a href={href} aria-current={here ? 'page' : undefined}>
      {label}
    </a>
  );
}

const THEMES = ['system', 'light', 'dark'] as const;

function Footer({ shell }: { shell: Shell }) {
  const { t } = shell;
  return (
    <footer class="footer">
      <form class="themes" method="post" action={`${shell.baseUrl}hub/appearance`}>
        <Xsrf word={shell.xsrf} />
        <input type="hidden" name="next" value={shell.here} />
        <fieldset>
          <legend>{t.shell.theme}</legend>
          {THEMES.map((theme) => (
            <button key={theme} type="submit" name="theme" value={theme} aria-pressed={shell.theme === theme}>
              {t.shell.themes[theme]}
            </button>
          ))}
        </fieldset>
        <fieldset>
          <legend>{t.shell.language}</legend>
          {LANGUAGES.map(({ lang, language }) => (
            <button
              key={lang}
              type="submit"
              name="language"
              value={lang}
              lang={lang}
              aria-pressed={lang === t.lang}
            >
              {language}
            </button>
          ))}
        </fieldset>
      </form>
    </footer>
  );
}
