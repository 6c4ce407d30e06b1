import { Agent } from 'undici';

/** Connections of one's own, to a house whose certificate is its own; nobody waits longer than so for an answer. */
export function ownAgent(answerMs: number): Agent {
  return new Agent({
    headersTimeout: answerMs,
    bodyTimeout: answerMs,
    connectTimeout: 10_000,
    connect: { rejectUnauthorized: false },
  });
}
