// `npm run prove:proof`: what the issue "Proof" asks to be shown. Each part has a file of its own.
import { showLines } from './lines.ts';
import { loadLines, longLine } from './proof-load.ts';
import { manualLines } from './proof-manual.ts';
import { securityLines } from './proof-security.ts';

// The hour goes by while the manual is followed and bad input is sent; load and faults have the machine to themselves.
await showLines('Proof', [...manualLines, ...securityLines, longLine, ...loadLines]);
