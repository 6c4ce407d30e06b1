import { defineConfig } from 'vitest/config';

/** Minutes of waiting for clocks, certificates and ends: their prove commands run them, `make test` has other things to do. */
const LONG = [
  'test/integration/acme.test.ts',
  'test/integration/cull-asleep.test.ts',
  'test/integration/cull-policies.test.ts',
  'test/integration/engines/swarm-loss.test.ts',
  'test/integration/sharing/*.test.ts',
  'test/integration/storage-schedules.test.ts',
  'test/integration/swarm/*.test.ts',
];

// unit: no engine, no network beyond loopback, seconds. integration: a real engine. long: the same, for prove commands
// only. images: an engine with every notebook image. e2e: the composed stack.
export default defineConfig({
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  test: {
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          // One module graph a worker: a graph for each of 300 files took longer than the tests. Tests share no state.
          isolate: false,
          // Most of their time they wait for sockets and clocks, so two cores carry four workers.
          maxWorkers: 4,
          include: [
            '{hub,proxy}/src/**/*.test.{ts,tsx}',
            'proxy/test/**/*.test.ts',
            'hub/test/**/*.test.ts',
            'notebook-images/*.test.ts',
            'test/{manual,fuzz,security,load,faults,law}/*.test.ts',
          ],
          testTimeout: 10_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'integration',
          include: ['test/{integration,conformance}/**/*.test.ts'],
          exclude: ['test/integration/images/**', ...LONG],
          testTimeout: 120_000,
          hookTimeout: 300_000,
          fileParallelism: false,
        },
      },
      {
        extends: true,
        test: {
          name: 'long',
          include: LONG,
          testTimeout: 120_000,
          hookTimeout: 300_000,
          fileParallelism: false,
        },
      },
      {
        // Every notebook image, which takes `make build` (all) before: `npm run prove:images` and `npm run images`.
        extends: true,
        test: {
          name: 'images',
          include: ['test/integration/images/*.test.ts'],
          testTimeout: 300_000,
          hookTimeout: 900_000,
          fileParallelism: false,
        },
      },
      {
        // The manual's commands, page by page, in one installation of their own: `npm run manual`.
        extends: true,
        test: {
          name: 'manual',
          include: ['test/manual/run/*.test.ts'],
          testTimeout: 300_000,
          hookTimeout: 1_900_000,
          fileParallelism: false,
        },
      },
      {
        extends: true,
        test: {
          name: 'e2e',
          include: ['test/e2e/**/*.test.ts'],
          testTimeout: 300_000,
          hookTimeout: 900_000,
          fileParallelism: false,
        },
      },
    ],
  },
});
