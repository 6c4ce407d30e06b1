import { readFile, stat } from 'node:fs/promises';

/**
 * A secret from its file, without the line's end.
 *
 * @throws Error with one sentence when it is missing, empty, or open to others than its owner.
 */
export async function readSecretFile(path: string): Promise<string> {
  const { mode } = await stat(path).catch((error: NodeJS.ErrnoException) => {
    throw new Error(
      `${path} cannot be read (${error.code ?? 'unknown'}): run \`make build\`, which makes it`,
    );
  });
  if ((mode & 0o077) !== 0) throw new Error(`${path} can be read by others: run \`chmod 600 ${path}\``);
  const secret = (await readFile(path, 'utf8')).trim();
  if (secret.length < 32) throw new Error(`${path} holds no good secret: remove it and run \`make build\``);
  return secret;
}
