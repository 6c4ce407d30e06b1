import { listing } from '../show-rows.ts';

export const volumes = listing('volumes', {
  path: '/volumes',
  doc: 'What people and groups keep on this machine, how much, and who has it.',
  columns: ['name', 'owner', 'size', 'lastUse', 'inUse'],
});

export const images = listing('images', {
  path: '/images',
  doc: 'Images that servers are started with, and which of them are on this machine.',
  columns: ['image', 'usedBy', 'servers', 'here', 'size', 'newer'],
});
