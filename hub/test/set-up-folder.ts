// Set-up's scripts in a folder of their own, beside an engine that answers what a test says.
import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const SETUP = join(import.meta.dirname, '../../compose/setup');

/** What the engine's client does, by a pattern of bash for its words; the first that fits. None fits: nothing, code 0. */
export type Answers = Readonly<Record<string, string>>;

export class SetUpFolder {
  readonly path = mkdtempSync(join(tmpdir(), 'berth-setup-'));

  constructor() {
    for (const each of ['compose', 'secrets', 'bin']) mkdirSync(join(this.path, each));
    cpSync(SETUP, join(this.path, 'compose/setup'), { recursive: true });
    for (const each of ['.env', 'secrets/oauth.env']) writeFileSync(join(this.path, each), '');
  }

  /** A step that is another test's. */
  skip(...scripts: readonly string[]): void {
    for (const each of scripts) writeFileSync(join(this.path, 'compose/setup', each), '#!/bin/sh\n');
  }

  /** Runs a script; answers what it says, both outputs, and what it asked of the engine, one line a question. */
  run(script: string, words: readonly string[], answers: Answers) {
    const asked = join(this.path, 'asked');
    writeFileSync(asked, '');
    const cases = Object.entries(answers).map(([pattern, does]) => `${pattern}) ${does} ;;`);
    const client = join(this.path, 'bin/docker');
    writeFileSync(
      client,
      [
        '#!/usr/bin/env bash',
        `echo "\${*//$'\\n'/ }" >>'${asked}'`,
        'case "$*" in',
        ...cases,
        'esac',
        '',
      ].join('\n'),
    );
    chmodSync(client, 0o755);
    const ran = spawnSync('bash', [join(this.path, 'compose/setup', script), ...words], {
      cwd: this.path,
      encoding: 'utf8',
      timeout: 30_000,
      env: { PATH: `${join(this.path, 'bin')}:${process.env.PATH}` },
    });
    return {
      code: ran.status,
      said: `${ran.stdout}${ran.stderr}`,
      asked: readFileSync(asked, 'utf8').trim().split('\n'),
    };
  }

  remove(): void {
    rmSync(this.path, { recursive: true });
  }
}
