// Each way in which set-up can go wrong, provoked on a machine of its own with real parts. In every case: an exit code
// that tells, one sentence, one next step, nothing half-made.
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type FreshMachine, makeFreshMachine, type Ran } from '../../machine/fresh-machine.ts';

const BASE = 'debian:trixie-slim';
let machine: FreshMachine;

beforeAll(async () => {
  machine = await makeFreshMachine();
});
afterAll(async () => {
  await machine?.remove();
});

async function must(command: string): Promise<string> {
  const { code, output } = await machine.run(command);
  if (code !== 0) throw new Error(`${command}\nended with ${code}: ${output}`);
  return output;
}

const inClone = (command: string): Promise<Ran> => machine.run(`cd berth && ${command}`);

/** The sentence and the step, if the run ended as a refusal has to: once, both of them, and not with 0. */
function refusal({ code, output }: Ran): { readonly sentence: string; readonly next: string } {
  expect(code).not.toBe(0);
  const told = [...output.matchAll(/^\nberth: (.+)\nnext: {2}(.+)$/gm)];
  expect(told, output).toHaveLength(1);
  const [, sentence = '', next = ''] = told[0] ?? [];
  expect(sentence).toMatch(/\.$/);
  expect(next.length).toBeGreaterThan(10);
  return { sentence, next };
}

/** What set-up could have left behind on the engine. */
async function onEngine(): Promise<string> {
  return must(
    'docker ps -aq; docker image ls -q --filter label=org.berth.inputs; docker network ls -q --filter name=jupyterhub; docker volume ls -q',
  );
}

describe('before an engine is there', () => {
  test.each([
    ['a line without =', 'JUPYTERHUB_PORT 8000', /^\.env, line 1: there is no = in it\.$/],
    ['a name that is none', 'JUPYTERHUB PORT=8000', /^\.env, line 1: 'JUPYTERHUB PORT' cannot be a name\.$/],
    [
      'an open quotation mark',
      'PUBLIC_URL="https://a.example',
      /^\.env, line 1: a quotation mark is not closed\.$/,
    ],
    [
      'a port that is none',
      'JUPYTERHUB_PORT=80800',
      /^\.env, line 1: JUPYTERHUB_PORT is '80800', which is no port\.$/,
    ],
    [
      'a name set twice',
      'MEM_LIMIT=1G\nMEM_LIMIT=2G',
      /^\.env, line 2: MEM_LIMIT was set before, in line 1\.$/,
    ],
    ['memory that is none', '# limits\n\nMEM_LIMIT=lots', /^\.env, line 3: MEM_LIMIT is 'lots'/],
  ])('malformed .env: %s is told with line and reason', async (_, text, sentence) => {
    await must(`cd berth && printf '%s\\n' ${quoted(text)} > .env`);
    expect(refusal(await inClone('make up')).sentence).toMatch(sentence);
    expect(await must('cat berth/.env')).toBe(`${text}\n`);
    await expectNoEngine();
  });

  test.each([
    ['nothing in it', '', /^userlist is empty\.$/],
    [
      'a name that cannot be one',
      '# people\n../etc',
      /^userlist, line 2: '\.\.\/etc' cannot be a user's name\.$/,
    ],
  ])('malformed userlist: %s is told with line and reason', async (_, text, sentence) => {
    await must(`cd berth && rm -f .env && printf '%s\\n' ${quoted(text)} > userlist`);
    expect(refusal(await inClone('make up')).sentence).toMatch(sentence);
    await expectNoEngine();
  });

  test('a userlist that is no file is told', async () => {
    await must('cd berth && rm -f userlist && mkdir userlist');
    expect(refusal(await inClone('make up')).sentence).toBe('userlist is not a file.');
    await must('cd berth && rmdir userlist');
  });

  test('a GitHub id without secret and callback names what is missing', async () => {
    await must('cd berth && sed "s/^GITHUB_CLIENT_ID=.*/GITHUB_CLIENT_ID=Iv1.abc/" .env.example > .env');
    const { sentence, next } = refusal(await inClone('make up'));
    expect(sentence).toBe('GitHub sign-in is half set: GITHUB_CLIENT_SECRET and OAUTH_CALLBACK_URL missing.');
    expect(next).toContain('secrets/oauth.env');
    await must('cd berth && rm .env');
  });

  test('no engine, and a distribution whose packages are unknown: says what to install', async () => {
    await must(
      "cp /etc/os-release /root/os-release && rm /etc/os-release && printf 'ID=slackware\\n' > /etc/os-release",
    );
    const { sentence, next } = refusal(await inClone('make up'));
    await must('cp /root/os-release /etc/os-release');
    expect(sentence).toMatch(/^No Docker Engine here, and this is neither Debian nor Ubuntu/);
    expect(next).toMatch(/^Install Docker Engine .* and Docker Compose/);
    await expectNoEngine();
  });

  test('no engine and not root: says who can install it', async () => {
    await must('useradd -m person && cp -r berth /home/person/berth && chown -R person /home/person');
    const ran = await machine.run("su person -s /bin/bash -c 'cd /home/person/berth && make up'");
    const { sentence, next } = refusal(ran);
    expect(sentence).toBe('No Docker Engine here, and installing it takes root.');
    expect(next).toContain('sudo make up');
  });

  test('no network: says that the mirror is out of reach', async () => {
    await machine.unplug();
    const { sentence, next } = refusal(await inClone('make up'));
    await machine.plug();
    expect(sentence).toMatch(/the package mirror cannot be reached from here/);
    expect(next).toMatch(/^Check this machine's network/);
    await expectNoEngine();
  });

  async function expectNoEngine(): Promise<void> {
    expect((await machine.run('command -v docker dockerd')).code).not.toBe(0);
  }
});

describe('with an engine', () => {
  beforeAll(async () => {
    await must('cd berth && rm -f .env userlist && bash compose/setup/files.sh');
    // No service manager in here: the last resort, dockerd itself, is what starts it.
    const installed = await must('cd berth && bash compose/setup/engine.sh');
    expect(installed).toMatch(/starting dockerd itself[\s\S]*engine: Docker [\d.]+\S* answers/);
    await loadBaseImage();
  });

  test('an engine that was killed and left a pid file of somebody else is started again', async () => {
    await stopEngine('KILL');
    await must('echo 1 > /run/docker.pid');
    const output = await must('cd berth && bash compose/setup/engine.sh');
    expect(output).toContain('/var/run/docker.pid is left from a process that is gone');
    expect(output).toMatch(/engine: Docker \S+ answers/);
  });

  test('no rights on the socket: says how to get them', async () => {
    const ran = await machine.run("su person -s /bin/bash -c 'cd /home/person/berth && make up'");
    const { sentence, next } = refusal(ran);
    expect(sentence).toBe('The Docker Engine runs, but you (person) have no right to use its socket.');
    expect(next).toContain('sudo usermod -aG docker person');
    expect(await onEngine()).toBe('');
  });

  test('port taken: names the program that has it', async () => {
    await must(
      `(setsid perl -MIO::Socket::INET -e 'my $s = IO::Socket::INET->new(LocalPort => 8000, Listen => 1) or die; sleep 120' >/dev/null 2>&1 & echo $! > /root/holder); sleep 1`,
    );
    const { sentence, next } = refusal(await inClone('make up'));
    await must('kill $(cat /root/holder)');
    expect(sentence).toMatch(/^Port 8000 is taken by perl \(pid \d+\)\.$/);
    expect(next).toContain('JUPYTERHUB_PORT');
    expect(await onEngine()).toBe('');
  });

  test('image build failing: names the image, shows the last lines and the log, and the old image stays', async () => {
    await must(`echo 'FROM ${BASE}' | docker build -q -t berth:latest -`);
    const before = await must('docker image inspect -f {{.Id}} berth:latest');
    await must("cd berth && sed -i '0,/^RUN /s//RUN echo out of luck \\&\\& exit 7\\nRUN /' hub/Dockerfile");
    const ran = await inClone('make up');
    await must('cd berth && git checkout -q hub/Dockerfile');
    expect(refusal(ran).sentence).toBe('The image berth:latest could not be built.');
    expect(ran.output).toContain('| out of luck');
    expect(ran.output).toContain('compose/build/hub.log');
    expect(await must('docker image inspect -f {{.Id}} berth:latest')).toBe(before);
    await must('docker image rm berth:latest');
    expect(await onEngine()).toBe('');
  });

  test('no network while building: says so, and leaves no container and no image', async () => {
    await machine.unplug();
    const ran = await inClone('make up');
    await machine.plug();
    expect(refusal(ran).sentence).toMatch(
      /^The image berth:latest could not be built: the package mirror cannot be reached from here/,
    );
    expect(await onEngine()).toBe('');
  });

  describe('on a disk of 700 MB', () => {
    beforeAll(async () => {
      await stopEngine('TERM');
      await must(
        'mount -t tmpfs -o size=700m tmpfs /var/lib/docker && cd berth && bash compose/setup/engine.sh',
      );
      await loadBaseImage();
    });

    test('too little room is told before anything is built', async () => {
      const { sentence, next } = refusal(await inClone('make up'));
      expect(sentence).toMatch(
        /^No room: Docker keeps its data in \/var\/lib\/docker, where \d+ MB are free and about 3000 MB are needed\.$/,
      );
      expect(next).toContain('docker image prune');
      expect(await onEngine()).toBe('');
    });

    test('a disk that fills up in the middle of a build is told as such', async () => {
      const ran = await inClone('BUILD_NEEDS_MB=0 make up');
      expect(refusal(ran).sentence).toBe('The image berth:latest could not be built: the disk is full.');
      expect(await onEngine()).toBe('');
    });
  });
});

function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

/** By its pid file, and waits until it is gone. */
async function stopEngine(signal: 'TERM' | 'KILL'): Promise<void> {
  await must(
    `pid=$(cat /run/docker.pid); kid=$(cat /run/docker/containerd/containerd.pid); kill -${signal} $pid; for i in $(seq 100); do kill -0 $pid 2>/dev/null || break; sleep 0.2; done; ! kill -0 $pid 2>/dev/null; kill -KILL $kid 2>/dev/null || true`,
  );
}

/** Takes the base image over from this machine's engine, where `make build` put it: debootstrap is not what is tested. */
async function loadBaseImage(): Promise<void> {
  await promisify(execFile)('docker', ['save', '-o', join(machine.root, 'root/base.tar'), BASE]);
  await must('docker load -qi /root/base.tar && rm /root/base.tar');
}
