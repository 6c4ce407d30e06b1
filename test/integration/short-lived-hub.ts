// A hub that starts (or stops) one server and is killed by its parent in the middle. Says each state on a line.
import { makeNoteContainerEvent } from '../../hub/src/usecases/note-container-event.ts';
import { makeReconcile } from '../../hub/src/usecases/reconcile.ts';
import { makeStartServer } from '../../hub/src/usecases/start-server.ts';
import { makeStopServer } from '../../hub/src/usecases/stop-server.ts';
import { openParts, type Whereabouts } from './open-parts.ts';

const task = JSON.parse(process.argv[2] ?? '') as Whereabouts & { user: string; verb: 'start' | 'stop' };
const silence = { info: () => {}, warn: () => {}, error: () => {} };
const ports = await openParts(task, silence);
ports.facts.listen((fact) => {
  if (fact.kind === 'server-moved') process.stdout.write(`${fact.state}\n`);
});
const note = makeNoteContainerEvent(ports, makeReconcile(ports));
ports.containers.watch((event) => void note(event), new AbortController().signal);
if (task.verb === 'start') {
  await makeStartServer(ports)({ user: task.user, server: '', options: { profile: 'small' }, by: task.user });
} else {
  await makeStopServer(ports)({ user: task.user, server: '', why: 'user', detail: 'stopped by you' });
}
