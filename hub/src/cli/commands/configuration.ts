import type { Command } from '../command.ts';
import { CONFIG_USAGE } from '../config-usage.ts';
import { json } from '../show-rows.ts';

/** The one word of `berth config` that takes a running hub. */
export const configuration: Command = {
  usage: 'config …',
  doc: 'check, show, docs, generate, import, reload: `berth config` says what each does.',
  async run(ask, words) {
    if (words[0] !== 'reload') return { code: 2, error: CONFIG_USAGE };
    const { status, body } = await ask('POST', '/config/reload');
    const code = status === 200 ? 0 : 2;
    if (words.includes('--json')) return { code, out: json(body) };
    if (status !== 200) {
      return {
        code,
        error: [...wordsOf(body.reasons), 'Nothing was taken; what was in force stays.'].join('\n'),
      };
    }
    const [changed, waiting] = [wordsOf(body.changed), wordsOf(body.waiting)];
    const lines = [
      changed.length === 0 ? 'Nothing has changed.' : `In force now: ${changed.join(', ')}.`,
      ...(waiting.length === 0 ? [] : [`Restart needed for: ${waiting.join(', ')} (make up).`]),
    ];
    return { code, out: lines.join('\n') };
  },
};

function wordsOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.map(String) : [];
}
