// A backup that says it is good has everything in it; what is put back lies under no working server.
import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Answers, SetUpFolder } from './set-up-folder.ts';

let folder: SetUpFolder;
beforeEach(() => {
  folder = new SetUpFolder();
});
afterEach(() => folder.remove());

describe('backup', () => {
  const STORE = '*"archive volumes"*';
  const LABELLED = '"volume ls --filter"*';
  const ALL = '"volume ls -q"';
  const WRITE = '*"archive write"*';
  const WELL: Answers = {
    [STORE]: "printf 'home-ana\\tana\\nhome-gone\\tben\\n'",
    [LABELLED]: "printf 'home-ana\\tana\\nhome-cem\\tcem\\n'",
    [ALL]: "printf 'home-ana\\nhome-cem\\nof-others\\n'",
    '"volume inspect home-gone"': 'echo "Error: No such volume: home-gone" >&2; exit 1',
    [WRITE]: 'cat >/dev/null; echo whole',
  };
  const backUp = (answers: Answers) => {
    const ran = folder.run('backup.sh', ['kept.tar.gz'], answers);
    return { ...ran, left: readdirSync(folder.path).filter((name) => name.startsWith('kept')) };
  };

  test('holds the volumes of store and engine; one that is gone is passed over', () => {
    const { code, said, asked, left } = backUp(WELL);
    expect({ code, left }, said).toEqual({ code: 0, left: ['kept.tar.gz'] });
    const write = asked.find((words) => words.includes('archive write'));
    expect(write?.match(/--volume=\S+/g)).toEqual(['--volume=home-ana:ana', '--volume=home-cem:cem']);
  });

  test('of a hub that nobody has used yet holds none, and is good', () => {
    const { code, said } = backUp({ ...WELL, [STORE]: ':', [LABELLED]: ':', [ALL]: ':' });
    expect(code, said).toBe(0);
    expect(said).toContain('(0 volumes)');
  });

  test.each<[string, Answers, string]>([
    ['the store is not read in time', { [STORE]: "printf 'home-ana\\tana\\n'; exit 124" }, 'store knows of'],
    ['the engine does not list this Berth’s', { [LABELLED]: 'exit 1' }, 'did not list this Berth'],
    ['the engine does not list its volumes', { [ALL]: 'exit 1' }, 'did not list its volumes'],
    [
      'a volume’s driver is away',
      { '"volume inspect home-gone"': 'echo "Error: plugin nfs not found" >&2; exit 1' },
      'plugin nfs not found',
    ],
    ['the archive breaks off', { [WRITE]: 'cat >/dev/null; echo half; exit 1' }, 'nothing is left of it'],
  ])('fails with a sentence and leaves no file when %s', (_, answers, words) => {
    const { code, said, left } = backUp({ ...WELL, ...answers });
    expect({ code, left }, said).toEqual({ code: 10, left: [] });
    expect(said).toContain(words);
    expect(said).not.toContain('nobody foresaw');
  });
});

describe('restore', () => {
  const manifest = { made: '2026-11-22T03:15:00Z', schema: 5, volumes: [{ name: 'home-ana', user: 'ana' }] };
  const SERVERS = '"ps -q --filter label=org.berth.hub=lab --filter label=org.berth.user"';
  const SERVICES = '"service ls -q --filter label=org.berth.hub=lab --filter label=org.berth.user"';
  const LEADS = '"info "*';
  const WELL: Answers = {
    '*"archive check"*': `cat <<'END'\n${JSON.stringify(manifest, null, 2)}\nEND\n`,
    // The archive's own .env names the hub that it is of.
    '*"--project /stage"': `for word; do
      case $word in *:/stage) echo COMPOSE_PROJECT_NAME=lab >"\${word%:/stage}/.env" ;; esac
    done`,
    [LEADS]: 'echo false',
  };
  const putBack = (answers: Answers) => {
    folder.skip('engine.sh', 'extra-ca.sh', 'base-image.sh', 'build-hub.sh');
    const ran = folder.run('restore.sh', [join(folder.path, 'secrets/oauth.env'), '--replace'], answers);
    const written = ran.asked.filter(
      (words) => words.includes('archive restore') && !words.includes('/stage'),
    );
    return { ...ran, written: written.length };
  };

  test('puts everything back where no server of that hub runs', () => {
    const { code, said, written } = putBack(WELL);
    // Configuration, one volume, the store.
    expect({ code, written }, said).toEqual({ code: 0, written: 3 });
  });

  test.each<[string, Answers]>([
    ['a notebook server of that hub runs', { [SERVERS]: 'echo 4f1' }],
    ['one runs on another machine of the Swarm', { [LEADS]: 'echo true', [SERVICES]: 'echo 4f1' }],
  ])('writes nothing, also with --replace, while %s', (_, answers) => {
    const { code, said, written } = putBack({ ...WELL, ...answers });
    expect({ code, written }, said).toEqual({ code: 10, written: 0 });
    expect(said).toContain('Notebook servers of lab run still; nothing was written.');
    expect(said).toContain('make down ALL=1');
  });

  test('asks which Compose there is, and leaves a folder without configuration as it is', () => {
    for (const each of ['.env', 'secrets/oauth.env']) rmSync(join(folder.path, each));
    const { code, said } = folder.run('compose.sh', ['version', '--short'], {});
    expect(code, said).toBe(0);
    expect(readdirSync(folder.path).sort()).toEqual(['asked', 'bin', 'compose', 'secrets']);
    expect(readdirSync(join(folder.path, 'secrets'))).toEqual([]);
  });

  test('writes nothing when the engine does not say which servers run', () => {
    const { code, said, written } = putBack({ ...WELL, [SERVERS]: 'exit 1' });
    expect({ code, written }, said).toEqual({ code: 10, written: 0 });
  });
});
