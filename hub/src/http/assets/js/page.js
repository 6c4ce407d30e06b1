// Small comforts of every page. Nothing here is needed: without scripts the pages say the same, less prettily.

const root = document.documentElement;
// The reader's clock may be wrong; distances are counted from the server's.
const skew = Date.now() - Number(root.dataset.now ?? Date.now());
const language = root.lang;

// As the server writes spans in the reader's language: 1 stands for what is counted, 2 for the minutes beside hours.
const [inSeconds = '', inMinutes = '', inHours = '', inBoth = ''] = (root.dataset.spans ?? '').split('|');

/**
 * What is counted in days does not change while somebody looks.
 *
 * @param {number} ms
 */
function span(ms) {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const minutes = Math.floor(seconds / 60);
  if (minutes < 1) return inSeconds.replace('1', `${seconds}`);
  if (minutes < 60) return inMinutes.replace('1', `${minutes}`);
  const hours = Math.floor(minutes / 60);
  if (hours >= 48) return null;
  const rest = minutes % 60;
  if (rest === 0) return inHours.replace('1', `${hours}`);
  return inBoth.replace(/[12]/g, (place) => `${place === '1' ? hours : rest}`);
}

/** @param {Date} at */
function clock(at) {
  const today = new Date().toDateString() === at.toDateString();
  /** @type {Intl.DateTimeFormatOptions} */
  const day = today ? {} : { weekday: 'short' };
  /** @type {Intl.DateTimeFormatOptions} */
  const time = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' };
  return new Intl.DateTimeFormat(language, { ...day, ...time }).format(at);
}

/** Times in the reader's zone; running ones keep running. */
function tick() {
  for (const element of document.querySelectorAll('time[data-as]')) {
    if (!(element instanceof HTMLTimeElement)) continue;
    const at = new Date(element.dateTime);
    const since = Date.now() - skew - at.getTime();
    const as = element.dataset.as;
    if (as === 'clock') put(element, clock(at));
    if (as === 'since') put(element, span(since));
    // Words for distances come from the server's catalogue; only long waits make them stale.
    if (as !== 'since' && element.dataset.full === undefined) {
      element.dataset.full = '';
      element.title = new Intl.DateTimeFormat(language, { dateStyle: 'long', timeStyle: 'short' }).format(at);
    }
  }
}

/** @param {Element} element @param {string | null} text */
function put(element, text) {
  if (text !== null && element.textContent !== text) element.textContent = text;
}

/** @param {Element} field */
function password(field) {
  const input = field.querySelector('input');
  const button = field.querySelector('[data-show]');
  const caps = field.querySelector('[data-caps]');
  if (!input || !(button instanceof HTMLElement) || !(caps instanceof HTMLElement)) return;
  button.hidden = false;
  button.addEventListener('click', () => {
    const shown = input.type === 'password';
    input.type = shown ? 'text' : 'password';
    button.setAttribute('aria-pressed', String(shown));
    input.focus();
  });
  // A password must not stay readable, nor be kept by the browser as ordinary text.
  input.form?.addEventListener('submit', () => {
    input.type = 'password';
  });
  /** @param {KeyboardEvent} event */
  const look = (event) => {
    caps.hidden = !event.getModifierState?.('CapsLock');
  };
  input.addEventListener('keydown', look);
  input.addEventListener('keyup', look);
}

/** @param {Element} field */
function copy(field) {
  const button = field.querySelector('button');
  // Browsers give the clipboard to pages over https only.
  if (!(field instanceof HTMLElement) || !button || !navigator.clipboard) return;
  button.hidden = false;
  button.addEventListener('click', async () => {
    await navigator.clipboard.writeText(field.dataset.copy ?? '');
    button.textContent = button.dataset.done ?? '';
  });
}

// A second press of the same button, while the answer is on its way, would be a second request.
document.addEventListener('submit', (event) => {
  const form = event.target;
  if (!(form instanceof HTMLFormElement) || form.method !== 'post') return;
  if (form.dataset.sent !== undefined) event.preventDefault();
  form.dataset.sent = '';
});
// Coming back by the browser's own cache, the form is fresh again.
addEventListener('pageshow', () => {
  for (const form of document.querySelectorAll('form[data-sent]')) form.removeAttribute('data-sent');
});

// A question or a menu that was opened by mistake closes with Escape.
document.addEventListener('keydown', (event) => {
  if (event.key !== 'Escape') return;
  // The inner one first: a question inside a menu.
  const open = [...document.querySelectorAll('details:is(.confirm, .acts)[open]')].at(-1);
  open?.removeAttribute('open');
  open?.querySelector('summary')?.focus();
});

for (const field of document.querySelectorAll('[data-password]')) password(field);
for (const field of document.querySelectorAll('[data-copy]')) copy(field);
tick();
setInterval(tick, 1000);
