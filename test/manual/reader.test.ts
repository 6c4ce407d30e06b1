import { expect, test } from 'vitest';
import { asTypedBy } from './reader.ts';

const READER = { repository: '/r', project: '/p/berth', backups: '/b', port: 21, family: 'm' };

test.each([
  ['git clone <this repository> berth', 'git clone /r berth'],
  ['./berth backup /mnt/nas/berth.tar.gz', './berth backup /b/berth.tar.gz'],
  ['cd /opt/berth && ./berth', 'cd /p/berth && ./berth'],
  ['curl https://hub.example.org/hub/api', 'curl http://127.0.0.1:21/hub/api'],
  ['HUB=http://localhost:8000/hub/api', 'HUB=http://localhost:21/hub/api'],
  ['up after … s: http://…:8000/', 'up after … s: http://…:21/'],
  ['jupyterhub-user-ana/files > ana.tar', 'jupyterhub-user-anam/files > anam.tar'],
  ["printf 'student%02d' student05 students.txt", "printf 'mstudent%02d' mstudent05 students.txt"],
])('%s is typed as %s', (shown, typed) => {
  expect(asTypedBy(READER, shown)).toBe(typed);
});
