import { expect, test } from 'vitest';
import { type ImageParts, imageDocument } from './image-document.ts';

const parts: ImageParts = {
  architecture: 'amd64',
  os: 'linux',
  config: {
    Env: ['PATH=/bin'],
    Entrypoint: ['tini', '--'],
    Cmd: ['start'],
    User: '1000',
    Labels: { a: 'b' },
  },
  history: [
    { created: 2000, createdBy: 'RUN install', comment: '', size: 10 },
    { created: 1500, createdBy: 'ENV PATH', comment: '', size: 0 },
    { created: 1000, createdBy: 'ADD rootfs', comment: 'first', size: 100 },
  ],
  baseLayers: ['sha256:1', 'sha256:2'],
  layers: ['sha256:1', 'sha256:2', 'sha256:3'],
  labels: { saved: 'yes' },
  comment: 'saved by alice',
  at: 3000,
};

test('the configuration is the base’s, with our labels beside its own', () => {
  expect(imageDocument(parts)).toMatchObject({
    config: { ...parts.config, Labels: { a: 'b', saved: 'yes' } },
    rootfs: { type: 'layers', diff_ids: ['sha256:1', 'sha256:2', 'sha256:3'] },
  });
});

test('the history goes on: as many lines that made a layer as there are layers', () => {
  const { history } = imageDocument(parts);
  expect(history).toMatchObject([
    { created_by: 'ADD rootfs', comment: 'first' },
    { created_by: 'ENV PATH', empty_layer: true },
    { created_by: 'RUN install' },
    { created_by: 'saved by alice' },
  ]);
});

test('where layers and lines do not fit, lines are made up: the engine would refuse the image', () => {
  const doubtful = { ...parts, history: parts.history.map((line) => ({ ...line, size: 0 })) };
  const { history } = imageDocument(doubtful);
  expect((history as { empty_layer?: boolean }[]).filter((line) => line.empty_layer !== true)).toHaveLength(
    3,
  );
});

test('a container that wrote nothing adds no layer', () => {
  const { history } = imageDocument({ ...parts, layers: parts.baseLayers });
  expect((history as unknown[]).at(-1)).toMatchObject({ created_by: 'saved by alice', empty_layer: true });
});
