/** A line longer than this is no message of an engine. */
const LINE_BYTES = 1024 * 1024;

/**
 * The lines of an engine's endless answer, without empty ones. Ends when the stream or the signal does.
 *
 * @throws Error when the stream breaks off, or for a line without end.
 */
export async function* readLines(stream: NodeJS.ReadableStream, signal: AbortSignal): AsyncGenerator<string> {
  const close = () => (stream as NodeJS.ReadableStream & { destroy(): void }).destroy();
  signal.addEventListener('abort', close, { once: true });
  const decoder = new TextDecoder();
  let rest = '';
  try {
    for await (const chunk of stream) {
      rest += typeof chunk === 'string' ? chunk : decoder.decode(chunk, { stream: true });
      const lines = rest.split('\n');
      rest = lines.pop() ?? '';
      if (rest.length > LINE_BYTES) throw new Error('the engine sent a line without end');
      for (const line of lines) if (line.trim() !== '') yield line.trim();
    }
    if (rest.trim() !== '') yield rest.trim();
  } finally {
    signal.removeEventListener('abort', close);
    close();
  }
}
