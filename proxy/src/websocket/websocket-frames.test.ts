import { describe, expect, it } from 'vitest';
import { FrameWatcher } from './websocket-frames.ts';

/** A masked client frame. */
function frame(opcode: number, payload: number, masked = true): Buffer {
  const length =
    payload < 126
      ? Buffer.from([payload])
      : payload < 65_536
        ? Buffer.from([126, payload >> 8, payload & 255])
        : Buffer.from([
            127,
            0,
            0,
            0,
            0,
            (payload >>> 24) & 255,
            (payload >>> 16) & 255,
            (payload >>> 8) & 255,
            payload & 255,
          ]);
  if (masked) length[0] = (length[0] ?? 0) | 0x80;
  return Buffer.concat([
    Buffer.from([0x80 | opcode]),
    length,
    Buffer.alloc(masked ? 4 : 0, 7),
    Buffer.alloc(payload, 0x81),
  ]);
}

const [CONTINUATION, TEXT, BINARY, CLOSE, PING, PONG] = [0, 1, 2, 8, 9, 10] as const;

describe('FrameWatcher', () => {
  it.each([CLOSE, PING, PONG])('sees no data in control frame %i', (opcode) => {
    expect(new FrameWatcher().sawData(frame(opcode, 10))).toBe(false);
  });

  it.each([CONTINUATION, TEXT, BINARY])('sees data in frame %i of any length', (opcode) => {
    for (const length of [0, 1, 125, 126, 65_535, 65_536, 70_000]) {
      for (const masked of [true, false]) {
        const watcher = new FrameWatcher();
        expect(watcher.sawData(frame(opcode, length, masked))).toBe(true);
        expect(watcher.sawData(frame(PING, 3, masked)), `ping after ${length}`).toBe(false);
      }
    }
  });

  it('follows frames that come a byte at a time', () => {
    const watcher = new FrameWatcher();
    const seen = (bytes: Buffer): boolean =>
      [...bytes].map((byte) => watcher.sawData(Buffer.from([byte]))).includes(true);
    expect(seen(frame(PONG, 125))).toBe(false);
    expect(seen(frame(TEXT, 300))).toBe(true);
    expect(seen(frame(PING, 0))).toBe(false);
  });

  it('sees data after a ping in the same read', () => {
    expect(new FrameWatcher().sawData(Buffer.concat([frame(PING, 4), frame(TEXT, 1)]))).toBe(true);
  });
});
