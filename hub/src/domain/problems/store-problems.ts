import type { ProblemKind } from './problem-kind.ts';

/** The disk. */
export const STORE_PROBLEMS = {
  'STORE-001': {
    status: 503,
    title: 'The hub cannot write to its disk',
    user: 'Nothing was changed. Running servers go on. Tell the administrator.',
    admin: 'Writing {path} failed: {detail}. Make room on the data volume; the hub goes on by itself.',
  },
} as const satisfies Record<string, ProblemKind>;
