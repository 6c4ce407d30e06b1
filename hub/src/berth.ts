#!/usr/bin/env node
// The command `berth`: `berth serve` is the hub itself, `berth archive` works on files, every other word is a question
// to the running hub. One of them is loaded.
import { answerInsteadOfServing } from './cli/serve-flags.ts';

const [verb, ...words] = process.argv.slice(2);
const instead = verb === 'serve' ? answerInsteadOfServing(words) : null;
if (instead === null) await load(verb);
else {
  if (instead.out !== undefined) console.log(instead.out);
  if (instead.error !== undefined) console.error(instead.error);
  process.exitCode = instead.code;
}

async function load(word: string | undefined): Promise<void> {
  if (word === 'serve') await import('./main.ts');
  else if (word === 'archive') await import('./main-archive.ts');
  else if (word === 'mask') await import('./main-mask.ts');
  else await import('./cli/main.ts');
}
