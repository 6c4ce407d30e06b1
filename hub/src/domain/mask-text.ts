export const MASK = '********';

/** Shorter words would take half of a log with them. */
const LEAST = 4;

/** What looks like a secret wherever it stands: the value goes, what it was called stays. */
const PATTERNS: readonly (readonly [RegExp, string])[] = [
  // Headers and assignments: Authorization: token X, JUPYTERHUB_API_TOKEN=X, "password":"X", ?token=X
  [
    /((?:[A-Za-z0-9_.-]*(?:token|secret|passw(?:or)?d|crypt_?key|api_?key|credential|cookie|xsrf)[A-Za-z0-9_.-]*)["']?\s*(?:=|:)\s*["']?(?:(?:Bearer|token|Basic)\s+)?)(?!["'\s]|\*{8})[^\s"'&,;}\])]+/gi,
    `$1${MASK}`,
  ],
  [/\b((?:Bearer|Basic|Authorization:\s*token)\s+)[^\s"',;]+/gi, `$1${MASK}`],
  // What providers and we put into addresses.
  [/([?&](?:code|state|otp|nonce|sid|ticket|next)=)[^\s&"'#]+/gi, `$1${MASK}`],
  // A name and a password before a host.
  [/(\b[a-z][a-z0-9+.-]*:\/\/[^\s/:@"']*):[^\s/@"']+@/gi, `$1:${MASK}@`],
  // Keys in PEM.
  [/-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)/g, MASK],
  // Jupyter writes tokens in hex. An image's own name is one, too, and says so.
  [/(?<!sha256:)(?<![0-9a-f])[0-9a-f]{32,}(?![0-9a-f])/gi, MASK],
  // Random words of ours are base64url.
  [/(?<![\w/.-])(?=[\w-]*\d)(?=[\w-]*[A-Z])(?=[\w-]*[a-z])[\w-]{22,}(?![\w/.-])/g, MASK],
  // JSON web tokens.
  [/\beyJ[\w-]{8,}\.[\w-]+\.[\w-]*/g, MASK],
];

/** `text` without these words, and without whatever looks like a secret. */
export function maskText(text: string, secrets: Iterable<string>): string {
  let masked = text;
  // The longest first: one may hold another.
  const words = [...new Set(secrets)]
    .filter((word) => word.length >= LEAST)
    .sort((a, b) => b.length - a.length);
  for (const word of words) {
    for (const form of formsOf(word)) masked = masked.replaceAll(form, MASK);
  }
  for (const [pattern, by] of PATTERNS) masked = masked.replace(pattern, by);
  return masked;
}

/** As it is, in a JSON string, and in an address. */
function formsOf(word: string): ReadonlySet<string> {
  return new Set([word, JSON.stringify(word).slice(1, -1), encodeURIComponent(word)]);
}
