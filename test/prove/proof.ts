// `npm run prove:proof`: what the issue "Proof" asks to be shown. Each part has a file of its own.
import { showLines } from './lines.ts';
import { loadLines } from './proof-load.ts';
import { manualLines } from './proof-manual.ts';
import { securityLines } from './proof-security.ts';

await showLines('Proof', [...manualLines, ...loadLines, ...securityLines]);
