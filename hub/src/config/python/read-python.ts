import { parser } from '@lezer/python';
import type { PythonConfiguration } from './python-configuration.ts';
import { PythonReader } from './python-reader.ts';

/** Larger than any configuration that somebody wrote. */
const LETTERS_MAX = 2 ** 18;

/**
 * Reads a `jupyterhub_config.py` without Python: assignments of plain values to `c.Class.trait` and what is added to
 * them, with variables, the environment and the few calls that have one outcome. Everything else is left out and told.
 * Never throws and never runs anything.
 */
export function readPython(source: string): PythonConfiguration {
  const text = source.replace(/^\uFEFF/, '');
  const refused = (why: string): PythonConfiguration => ({
    assigned: [],
    leftOut: [{ line: 1, what: 'the file', why }],
  });
  if (text.length > LETTERS_MAX) return refused('is larger than 256 kB');
  if (text.includes('\0')) return refused('is not text');
  // Python ends the last line by itself.
  const whole = text.endsWith('\n') ? text : `${text}\n`;
  const reader = new PythonReader(whole);
  for (let node = parser.parse(whole).topNode.firstChild; node !== null; node = node.nextSibling) {
    reader.read(node);
  }
  return reader.result();
}
