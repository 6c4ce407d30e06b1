import { afterEach, beforeEach, expect, test } from 'vitest';
import type { SpawnStep } from '../../hub/src/domain/fact.ts';
import { answering, House, shell } from './spawn-house.ts';

let house: House;
// Speaks for five seconds before it answers.
const command = shell(
  `for i in 1 2 3 4 5; do echo "step $i with $JUPYTERHUB_API_TOKEN"; sleep 1; done; exec perl -e '${answering[2]}'`,
);
beforeEach(async () => {
  house = await House.open({ settings: { command } });
});
afterEach(() => house.close());

async function stepsToTheEnd(): Promise<readonly SpawnStep[]> {
  const steps: SpawnStep[] = [];
  const end = AbortSignal.timeout(60_000);
  for await (const step of house.follow(house.alice, '', end)) steps.push(step);
  return steps;
}

test('whoever waits sees the last lines of the container while it starts, without its secrets', async () => {
  await house.wish();
  const steps = await stepsToTheEnd();
  const said = steps.filter(({ state }) => state === 'waiting').flatMap(({ log = [] }) => log);
  expect(said).toContain('step 1 with [hidden]');
  expect(said.join()).not.toContain(
    await house.ports.containers.readVariable(house.server().containerId ?? '', 'JUPYTERHUB_API_TOKEN'),
  );
  expect(steps.at(-1)).toMatchObject({ state: 'ready' });
  expect(steps.at(-1)?.log).toBeUndefined();
});

test('who comes later, or again, sees them too', async () => {
  await house.wish();
  await house.reaches(['waiting']);
  await expect.poll(() => lastLog(), { timeout: 20_000 }).toContain('step 3 with [hidden]');
});

/** What a page that is opened now shows. */
async function lastLog(): Promise<readonly string[]> {
  let log: readonly string[] = [];
  const enough = AbortSignal.timeout(100);
  for await (const step of house.follow(house.alice, '', enough)) log = step.log ?? [];
  return log;
}
