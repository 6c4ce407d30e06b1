// Live regions: the server sends finished HTML over an event stream, this puts it in place.
//
// Rules: the stream may break at any time, and comes back by itself; a stream that cannot come back ends in
// a reload, which shows the truth; only paths of this site are followed.

const RETRIES = 8;
const CALM_MS = 1000;

// Whoever pressed a button is on the way somewhere; the stream's end must not call them back.
let leaving = false;
document.addEventListener('submit', () => {
  leaving = true;
  // The answer never came: then the page lives on.
  setTimeout(() => {
    leaving = false;
  }, 15_000);
});

/** A page that leads to itself must not do so in a flurry, whatever the server says. */
function reload() {
  if (leaving) return;
  setTimeout(() => location.reload(), Math.max(0, CALM_MS - performance.now()));
}

/**
 * @param {string} url
 * @param {(html: string) => void} show
 * @param {(path: string) => void} leave
 */
function follow(url, show, leave) {
  const lost = document.querySelector('[data-lost]');
  let failures = 0;

  /** @param {boolean} yes */
  const showLost = (yes) => {
    if (lost instanceof HTMLElement) lost.hidden = !yes;
  };

  const connect = () => {
    const source = new EventSource(url);
    addEventListener('pagehide', () => source.close(), { once: true });
    source.addEventListener('view', (event) => {
      failures = 0;
      showLost(false);
      show(event.data);
    });
    source.addEventListener('row', (event) => {
      failures = 0;
      showLost(false);
      renew(event.data);
    });
    source.addEventListener('heading', (event) => {
      if (document.querySelector('[data-live]') !== null) document.title = event.data;
    });
    source.addEventListener('go', (event) => {
      source.close();
      leave(event.data);
    });
    source.onerror = () => {
      source.close();
      failures += 1;
      if (failures > RETRIES) return reload();
      // One hiccup is not worth a word.
      showLost(failures > 1);
      setTimeout(connect, Math.min(500 * 2 ** failures, 10_000));
    };
  };
  connect();
}

/** @param {string} path */
function go(path) {
  const url = new URL(path, location.href);
  if (leaving || url.origin !== location.origin) return;
  // The same address again: that is a reload, also when only the fragment differs.
  if (url.pathname + url.search === location.pathname + location.search) reload();
  else location.replace(url);
}

/**
 * Makes `from` look like `to` and keeps the elements that are the same, with focus, selection and transitions.
 *
 * @param {Node} from
 * @param {Node} to
 */
function morph(from, to) {
  const wanted = [...to.childNodes];
  for (const [place, node] of wanted.entries()) {
    const present = from.childNodes[place];
    if (present === undefined) from.appendChild(node);
    else if (!same(present, node)) from.replaceChild(node, present);
    else if (present instanceof Element && node instanceof Element) {
      attributes(present, node);
      morph(present, node);
    } else if (present.nodeValue !== node.nodeValue) present.nodeValue = node.nodeValue;
  }
  while (from.childNodes.length > wanted.length) from.lastChild?.remove();
}

/**
 * An element of the page, by its id in the first line, as it is now; without HTML it is gone.
 *
 * @param {string} data
 */
function renew(data) {
  const cut = data.indexOf('\n');
  const present = document.getElementById(cut < 0 ? data : data.slice(0, cut));
  const next = document.createElement('template');
  next.innerHTML = cut < 0 ? '' : data.slice(cut + 1);
  const wanted = next.content.firstElementChild;
  if (present === null) return;
  if (wanted === null) present.remove();
  else if (!same(present, wanted)) present.replaceWith(wanted);
  else {
    attributes(present, wanted);
    morph(present, wanted);
  }
}

/** @param {Node} a @param {Node} b */
function same(a, b) {
  return a.nodeType === b.nodeType && a.nodeName === b.nodeName;
}

/** @param {Element} present @param {Element} wanted */
function attributes(present, wanted) {
  for (const { name, value } of [...wanted.attributes]) {
    if (present.getAttribute(name) !== value) present.setAttribute(name, value);
  }
  for (const { name } of [...present.attributes]) {
    // What the reader opened stays open.
    if (!wanted.hasAttribute(name) && name !== 'open') present.removeAttribute(name);
  }
}

// `data-live` is renewed and left when all is over; the page of `data-watch` is asked for again then; of `data-rows`
// single elements are renewed.
for (const region of document.querySelectorAll('[data-live], [data-watch], [data-rows]')) {
  if (!(region instanceof HTMLElement)) continue;
  const { live, watch, rows } = region.dataset;
  if (live === undefined) {
    follow(rows ?? watch ?? '', () => {}, rows === undefined ? reload : go);
    continue;
  }
  follow(
    live,
    (html) => {
      const next = document.createElement('template');
      next.innerHTML = html;
      morph(region, next.content);
    },
    go,
  );
}
