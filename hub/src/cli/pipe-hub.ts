import { request } from 'node:http';
import { pipeline } from 'node:stream/promises';

/** Between two pieces of an answer. */
const SILENCE_MS = 30_000;

/**
 * Brings a long answer of the running hub to `out` as it comes.
 *
 * @throws Error when the hub does not answer, refuses, or breaks off.
 */
export async function pipeHub(socketPath: string, path: string, out: NodeJS.WritableStream): Promise<void> {
  const asked = Promise.withResolvers<void>();
  const question = request({ socketPath, path, timeout: SILENCE_MS }, (answer) => {
    if (answer.statusCode === 200) pipeline(answer, out, { end: false }).then(asked.resolve, asked.reject);
    else {
      answer.resume();
      asked.reject(new Error(`the hub answered ${answer.statusCode}`));
    }
  });
  question.on('timeout', () => question.destroy(new Error('the hub does not go on')));
  question.on('error', asked.reject);
  question.end();
  await asked.promise;
}
