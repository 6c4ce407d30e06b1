#!/usr/bin/env node
// The command `berth`: `berth serve` is the hub itself, every other word a question to it. One of the two is loaded.
import { answerInsteadOfServing } from './cli/serve-flags.ts';

const [verb, ...words] = process.argv.slice(2);
const instead = verb === 'serve' ? answerInsteadOfServing(words) : null;
if (instead === null) await (verb === 'serve' ? import('./main.ts') : import('./cli/main.ts'));
else {
  if (instead.out !== undefined) console.log(instead.out);
  if (instead.error !== undefined) console.error(instead.error);
  process.exitCode = instead.code;
}
