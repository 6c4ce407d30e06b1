/** Lines longer than this are cut: one line of a progress bar can be megabytes. */
const LINE_LENGTH = 2_000;
/** A header of a frame: stream, three zeros, length. */
const HEADER = 8;

/** Takes the engine's frames apart. Output of a container with a terminal has none and comes as it is. */
export function unframe(bytes: Buffer): string {
  const parts: Buffer[] = [];
  let at = 0;
  while (at + HEADER <= bytes.length) {
    const stream = bytes.readUInt8(at);
    if (stream > 2 || bytes.readUIntBE(at + 1, 3) !== 0) return bytes.toString('utf8');
    const length = bytes.readUInt32BE(at + 4);
    parts.push(bytes.subarray(at + HEADER, at + HEADER + length));
    at += HEADER + length;
  }
  return Buffer.concat(parts).toString('utf8');
}

/**
 * The last lines of a container's output as plain text: no colours, no cursor movements, no control
 * characters, none of the words in `secrets`. What a program overwrote with `\r` is gone here too.
 */
export function cleanLines(text: string, lines: number, secrets: readonly string[]): readonly string[] {
  const hide = (words: string): string =>
    secrets
      .filter((secret) => secret.length >= 8)
      .reduce((rest, secret) => rest.replaceAll(secret, '[hidden]'), words);
  // Some have more than one line; others stand there only once colours and controls between their letters are gone.
  const all = hide(text)
    .split('\n')
    .map((line) => cut(hide(cleanLine(line))));
  while (all.at(-1) === '') all.pop();
  return all.slice(-lines);
}

// CSI and OSC sequences and the two-letter escapes, then whatever control characters are left.
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is to be removed.
const ESCAPES = /\x1b\[[0-?]*[ -/]*[@-~]|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)?|\x1b[@-Z\\-_]/g;
// biome-ignore lint/suspicious/noControlCharactersInRegex: as above; bidirectional overrides can fake a line.
const CONTROLS = /[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

function cleanLine(line: string): string {
  const plain = line.replace(/\r+$/, '').replace(ESCAPES, '');
  return plain.slice(plain.lastIndexOf('\r') + 1).replace(CONTROLS, '');
}

function cut(line: string): string {
  return line.length > LINE_LENGTH ? `${line.slice(0, LINE_LENGTH)}…` : line;
}

/** Whether a variable is a secret by its name. */
export function isSecretName(name: string): boolean {
  return /TOKEN|SECRET|PASSWORD|PASSWD|CREDENTIAL|PRIVATE|API_KEY|ACCESS_KEY/i.test(name);
}

/** Values of the variables of an environment that are secrets by their name. */
export function secretsOf(environment: readonly string[]): readonly string[] {
  return environment
    .map((entry): readonly [string, string] => {
      const at = entry.indexOf('=');
      return [entry.slice(0, at), entry.slice(at + 1)];
    })
    .filter(([name]) => isSecretName(name))
    .map(([, value]) => value);
}
