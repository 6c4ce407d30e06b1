const WORTH_FREEING = 16 * 1024;

/**
 * A callback that gives a large chunk's memory back the moment it is written, or undefined when that is not worth it.
 * Left to the garbage collector, a download keeps 64 MB of chunks that nobody needs any more, and is slower by half.
 * `sole`: nothing else that is still to be used lies in the chunk's memory. Nobody may use the chunk after the write.
 */
export function freeing(chunk: Buffer, sole: boolean): (() => void) | undefined {
  const { buffer } = chunk;
  if (!sole || chunk.byteLength < WORTH_FREEING || !(buffer instanceof ArrayBuffer)) return undefined;
  return () => void buffer.transfer(0);
}

/** Does a chunk fill its memory? So it does when it came whole from one read of a socket. */
export const fillsItsMemory = (chunk: Buffer): boolean => chunk.byteLength === chunk.buffer.byteLength;
