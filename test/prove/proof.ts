// `npm run prove:proof`: what the issue "Proof" asks to be shown. Each part has a file of its own.
import { showLines } from './lines.ts';
import { loadLines } from './proof-load.ts';
import { manualLines } from './proof-manual.ts';
import { securityLines } from './proof-security.ts';

// Load and faults have the machine to themselves; the hour goes by while the manual is followed and bad input is sent.
await showLines('Proof', [...loadLines, ...manualLines, ...securityLines]);
