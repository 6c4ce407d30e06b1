import type { Command } from '../command.ts';
import { sentenceOf } from '../sentence.ts';
import { json, mapping, showRows, showWord } from '../show-rows.ts';
import { table } from '../table.ts';

const EXITS = { ok: 0, warn: 5, fail: 1 } as const;
/** The slowest probe starts a container. */
const DOCTOR_MS = 60_000;

export const doctor: Command = {
  usage: 'doctor',
  doc: 'Look at everything that may be wrong; exit 0 well, 5 with warnings, 1 with failures.',
  async run(ask, words) {
    const { status, body } = await ask('GET', '/doctor', DOCTOR_MS);
    if (status !== 200) return { code: 1, error: sentenceOf(body) };
    const level = String(body.level);
    const code = level === 'ok' || level === 'warn' ? EXITS[level] : EXITS.fail;
    if (words.includes('--json')) return { code, out: json(body) };
    const probes = (Array.isArray(body.probes) ? body.probes : []).map(mapping);
    const rows = probes.map((probe) => [String(probe.code), String(probe.level), String(probe.says)]);
    const todo = probes
      .filter((probe) => probe.level !== 'ok' && probe.next !== '')
      .map((probe) => `${String(probe.code)}: ${String(probe.next)}`);
    const lines = todo.length === 0 ? ['', 'Everything is well.'] : ['', 'What to do:', ...todo];
    return { code, out: [table(['CODE', 'LEVEL', 'WHAT WAS FOUND'], rows), ...lines].join('\n') };
  },
};

export const audit: Command = {
  usage: 'audit',
  doc: 'Who did what, the latest first: --who NAME, --what KIND, -n LINES.',
  async run(ask, words) {
    const query = new URLSearchParams();
    for (const [flag, name] of [
      ['--who', 'who'],
      ['--what', 'what'],
      ['-n', 'limit'],
    ] as const) {
      const at = words.indexOf(flag);
      if (at === -1) continue;
      const value = words[at + 1];
      if (value === undefined) return { code: 2, error: `Say what follows ${flag}.` };
      query.set(name, value);
    }
    const columns = ['time', 'what', 'by', 'on', 'address', 'detail'];
    return showRows(await ask('GET', `/audit?${query}`), 'entries', columns, words);
  },
};

/** For the script of `berth backup`, when it is done. */
export const backupMade: Command = {
  usage: 'backup-made',
  doc: 'Note that a backup was made (`./berth backup` does it by itself).',
  async run(ask, words) {
    const { status, body } = await ask('POST', '/backups');
    return status === 201 ? showWord('noted', body, words) : { code: 1, error: sentenceOf(body) };
  },
};
