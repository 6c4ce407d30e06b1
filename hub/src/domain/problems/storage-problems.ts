import type { ProblemKind } from './problem-kind.ts';

/** Volumes, images and saved environments. */
export const STORAGE_PROBLEMS = {
  'VOLUME-001': {
    status: 409,
    title: 'The volume is in use',
    user: '{detail}',
    admin: 'The volume {volume} is in use: {detail}',
  },
  'VOLUME-002': {
    status: 409,
    title: 'Something is being done to these files',
    user: 'Your files are being {doing}. Try again when it is done.',
    admin: 'The volume {volume} is being {doing}.',
  },
  'VOLUME-003': {
    status: 409,
    title: 'There are files already',
    user: 'The volume {volume} is not empty. Say that its files may be replaced: they are lost then.',
    admin: 'The volume {volume} is not empty, and nobody said that it may be replaced.',
  },
  'VOLUME-004': {
    status: 400,
    title: 'This is no archive that can be restored',
    user: '{detail} The files on the volume are as they were.',
    admin: 'The upload is refused: {detail}',
  },
  'VOLUME-005': {
    status: 500,
    title: 'The files could not be put in place',
    user: 'Tell the administrator: the upload is complete and kept in the volume {kept}.',
    admin:
      'The archive is in the volume {kept}, but could not be copied to {volume}. Nobody starts with it until it is; the hub tries again every 5 minutes. The reason: {detail}',
  },
  'STORAGE-001': {
    status: 403,
    title: 'Your files take more room than you have',
    user: 'Your files take {used}; you may have {quota}. Until they are fewer no server starts: ask the administrator for help, or download what you need and delete the volume on the page “Your files”.',
    admin: '{volume} holds {used}, and STORAGE_QUOTA is {quota}.',
  },
  'STORAGE-002': {
    status: 500,
    title: 'The disk limit cannot be kept',
    user: 'No volume could be made for your files. Tell the administrator.',
    admin:
      'STORAGE_QUOTA_ACTION=hard cannot be: the engine says "{detail}". It needs XFS mounted with pquota under its data. Use warn or refuse.',
  },
  'STORAGE-003': {
    status: 503,
    title: 'There is no image to read volumes with',
    user: 'Files cannot be read or written just now. Tell the administrator.',
    admin: 'The engine has no image at all. Run `make build`, or pull one.',
  },
  'IMAGE-001': {
    status: 400,
    title: 'Nobody here uses this image',
    user: '{image} is in no profile and in no setting. Choose one of the list.',
    admin: '{image} is in no profile and in no setting: the hub neither fetches nor checks it.',
  },
  'ENV-001': {
    status: 403,
    title: 'You may not save an environment',
    user: 'Saving environments is not open to you. Ask the administrator.',
    admin: 'ENVIRONMENT_SAVERS names neither them nor one of their groups.',
  },
  'ENV-002': {
    status: 409,
    title: 'You have saved as many environments as you may',
    user: 'You have {have} of {limit}. Remove one that you do not need any more.',
    admin: 'ENVIRONMENTS_PER_USER is {limit}.',
  },
  'ENV-003': {
    status: 409,
    title: 'The environment cannot be saved',
    user: '{detail}',
    admin: '{detail}',
  },
  'ENV-004': {
    status: 500,
    title: 'The environment was not saved',
    user: 'The image could not be cleaned of the server’s secrets, so it was thrown away. Tell the administrator.',
    admin: 'The image still held a secret of the server ({detail}), and was removed.',
  },
  'ENV-005': {
    status: 409,
    title: 'The environment is in use',
    user: 'A server runs with it. Stop it first.',
    admin: 'The engine keeps the image {image}: {detail}',
  },
} as const satisfies Record<string, ProblemKind>;
