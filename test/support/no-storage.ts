import type { StorageRoom } from '../../hub/src/http/hub.ts';

const unused = () => Promise.reject(new Error('volumes and images are no part of this house'));

/** For houses without an engine: no volumes, no images, nobody saves. */
export const NO_STORAGE: StorageRoom = {
  volumes: {
    list: () => Promise.resolve([]),
    backUp: unused,
    restore: unused,
    remove: unused,
    removeAllOf: () => Promise.resolve([]),
  },
  images: {
    list: () => Promise.resolve([]),
    here: () => Promise.resolve(new Map()),
    pull: unused,
    check: unused,
    prePull: unused,
    checkAll: unused,
  },
  standingOf: () => null,
  filesOf: () => null,
  saveEnvironment: unused,
  removeEnvironment: unused,
  savers: [],
  environmentsPerUser: 0,
};
