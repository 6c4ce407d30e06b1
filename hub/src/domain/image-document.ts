import type { ImageConfig } from './images.ts';

/** A line of an image's history as the engine tells it, the newest first. */
export interface HistoryLine {
  readonly created: number;
  readonly createdBy: string;
  readonly comment: string;
  readonly size: number;
}

export interface ImageParts {
  readonly architecture: string;
  readonly os: string;
  /** Of the image that the container was made from. */
  readonly config: ImageConfig;
  readonly history: readonly HistoryLine[];
  readonly baseLayers: readonly string[];
  /** Those of the base, and what the container wrote on top. */
  readonly layers: readonly string[];
  readonly labels: Readonly<Record<string, string>>;
  readonly comment: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
}

/**
 * What an image says of itself, as the engine loads it: layers of a committed container under the configuration of its
 * base. The container's own configuration, with the server's token among its variables, is no part of it.
 */
export function imageDocument(parts: ImageParts): Readonly<Record<string, unknown>> {
  const { architecture, os, config, layers, labels, comment, at } = parts;
  const created = new Date(at).toISOString();
  return {
    architecture,
    os,
    created,
    config: { ...config, Labels: { ...labelsOf(config), ...labels } },
    rootfs: { type: 'layers', diff_ids: [...layers] },
    history: [...historyOfBase(parts), ...ownHistory(parts, created, comment)],
  };
}

function labelsOf({ Labels: labels }: ImageConfig): object {
  return typeof labels === 'object' && labels !== null ? labels : {};
}

/** The engine refuses a history with more lines than layers, so where it cannot be told which line made a layer it is made up. */
function historyOfBase({ history, baseLayers }: ImageParts): readonly Record<string, unknown>[] {
  const lines = history.toReversed().map(({ created, createdBy, comment, size }) => ({
    created: new Date(created).toISOString(),
    created_by: createdBy,
    ...(comment === '' ? {} : { comment }),
    ...(size === 0 ? { empty_layer: true } : {}),
  }));
  const filled = lines.filter((line) => !('empty_layer' in line)).length;
  if (filled === baseLayers.length) return lines;
  return baseLayers.map((layer) => ({ created_by: `layer ${layer.slice(0, 19)} of the base image` }));
}

function ownHistory({ baseLayers, layers }: ImageParts, created: string, comment: string) {
  const added = layers.slice(baseLayers.length);
  if (added.length === 0) return [{ created, created_by: comment, empty_layer: true }];
  return added.map(() => ({ created, created_by: comment }));
}
