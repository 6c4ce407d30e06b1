import type { ReaderTarget } from './reader-target.ts';
import { ANSWER_READERS } from './readers/answer-readers.ts';
import { CLAIM_READERS } from './readers/claim-readers.ts';
import { CONFIGURATION_READERS } from './readers/configuration-readers.ts';
import { ENGINE_READERS } from './readers/engine-readers.ts';
import { FILE_READERS } from './readers/file-readers.ts';
import { PROXY_READERS } from './readers/proxy-readers.ts';
import { REQUEST_READERS } from './readers/request-readers.ts';

/** Whatever reads texts from outside: files, words of a command line, headers, control messages, frames. */
export const EVERY_READER: readonly ReaderTarget[] = [
  ...CONFIGURATION_READERS,
  ...FILE_READERS,
  ...REQUEST_READERS,
  ...PROXY_READERS,
  ...ANSWER_READERS,
  ...ENGINE_READERS,
  ...CLAIM_READERS,
];
